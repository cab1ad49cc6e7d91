// What vitest wrote about its last runs, reduced to what a proof needs: the name of each test, whether it passed and where it stands.
import { existsSync, readFileSync, readdirSync } from 'node:fs'
import path from 'node:path'

export type TestResult = { readonly name: string; readonly file: string; readonly status: 'passed' | 'failed' | 'skipped' }
export type Results = {
  readonly tests: readonly TestResult[]
  readonly runs: readonly { readonly project: string; readonly at: number }[]
  readonly missing: readonly string[]
}

/** The projects whose tests may prove a clause. */
export const projects = ['pure', 'server', 'browser'] as const

type VitestFile = { readonly name?: unknown; readonly assertionResults?: readonly { readonly fullName?: unknown; readonly status?: unknown }[] }
type VitestRun = { readonly startTime?: unknown; readonly testResults?: readonly VitestFile[] }

/** Reads the results of every project from a folder. A project without a readable result is named in `missing`. */
export function readResults(folder: string): Results {
  const files = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('.json')) : []
  const runs: { project: string; at: number }[] = []
  const tests: TestResult[] = []
  for (const name of files) {
    const run = parseRun(readFileSync(path.join(folder, name), 'utf8'))
    if (run === undefined) continue
    runs.push({ project: name.replace(/\.json$/, ''), at: typeof run.startTime === 'number' ? run.startTime : 0 })
    for (const file of run.testResults ?? []) tests.push(...testsOf(file))
  }
  return { tests, runs, missing: projects.filter((project) => !runs.some((run) => run.project === project)) }
}

function parseRun(text: string): VitestRun | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null && Array.isArray((value as VitestRun).testResults) ? (value as VitestRun) : undefined
  } catch {
    return undefined
  }
}

function testsOf(file: VitestFile): TestResult[] {
  return (file.assertionResults ?? []).map(({ fullName, status }) => ({
    name: String(fullName),
    file: String(file.name),
    status: status === 'passed' ? 'passed' : status === 'failed' ? 'failed' : 'skipped',
  }))
}
