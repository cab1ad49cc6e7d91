// The demo loaded once for all files of walks (vitest globalSetup): each copies the folder, which takes a second instead of loading it anew.
import type { TestProject } from 'vitest/node'
import { startServerProcess } from '../../../tools/walk/server-process.ts'

declare module 'vitest' {
  export interface ProvidedContext {
    demoHome: string
  }
}

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const server = await startServerProcess({ timeoutMs: 170_000 })
  await server.stop()
  project.provide('demoHome', server.home)
  return () => server.remove()
}
