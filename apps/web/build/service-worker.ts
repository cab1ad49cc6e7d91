// Builds the service worker after the app, because its list of files to keep is the app's own output.
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { build, type Plugin, type Rolldown } from 'vite'

// Screens that show rows or aggregates need the server anyway; a practitioner's phone does not have to fetch them.
const onlineOnly = /\/src\/screens\/(?:records|reports|people|services|log)\//
const keptFiles = /\.(?:js|css|html|svg|png|woff2|webmanifest|json|wasm)$/

export type KeptFile = { readonly path: string; readonly hash: string }

/** Emits service-worker.js with the list of files that make the app work with no network. */
export function serviceWorker(): Plugin {
  let root = ''
  return {
    name: 'attune-service-worker',
    apply: 'build',
    enforce: 'post',
    configResolved(config) {
      root = config.root
    },
    async generateBundle(_options, bundle) {
      const kept: KeptFile[] = [...bundleFiles(bundle), ...publicFiles(join(root, 'public'))].sort((a, b) => (a.path < b.path ? -1 : 1))
      const version = hashOf(JSON.stringify(kept)).slice(0, 16)
      const code = await compileWorker(join(root, 'src/service-worker.ts'), kept, version)
      this.emitFile({ type: 'asset', fileName: 'service-worker.js', source: code })
    },
  }
}

function bundleFiles(bundle: Rolldown.OutputBundle): KeptFile[] {
  return Object.values(bundle)
    .filter((file) => keptFiles.test(file.fileName) && !isOnlineOnly(file, bundle))
    .map((file) => ({ path: toAddress(file.fileName), hash: hashOf(file.type === 'chunk' ? file.code : file.source) }))
}

function isOnlineOnly(file: Rolldown.OutputChunk | Rolldown.OutputAsset, bundle: Rolldown.OutputBundle): boolean {
  if (file.type === 'chunk')
    return onlineOnly.test(file.facadeModuleId ?? '') || (file.moduleIds.length > 0 && file.moduleIds.every((id) => onlineOnly.test(id)))
  const users = Object.values(bundle).filter((other) => other.type === 'chunk' && (other.viteMetadata?.importedCss.has(file.fileName) ?? false))
  return users.length > 0 && users.every((chunk) => isOnlineOnly(chunk, bundle))
}

// index.html is kept under "/", which is what a reload of any screen asks for.
const toAddress = (fileName: string): string => (fileName === 'index.html' ? '/' : `/${fileName}`)

function publicFiles(folder: string): KeptFile[] {
  return readdirSync(folder)
    .filter((name) => keptFiles.test(name))
    .map((name) => ({ path: `/${name}`, hash: hashOf(readFileSync(join(folder, name))) }))
}

async function compileWorker(entry: string, kept: readonly KeptFile[], version: string): Promise<string> {
  const result = await build({
    configFile: false,
    logLevel: 'warn',
    define: { __KEPT_FILES__: JSON.stringify(kept), __APP_VERSION__: JSON.stringify(version) },
    build: { write: false, target: 'es2022', rolldownOptions: { input: entry, output: { format: 'iife', entryFileNames: 'service-worker.js' } } },
  })
  const output = Array.isArray(result) ? result[0] : result
  if (output === undefined || !('output' in output)) throw new Error('The service worker was not built.')
  return output.output[0].code
}

function hashOf(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('hex').slice(0, 16)
}
