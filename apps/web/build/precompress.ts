import { readdir, readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import type { Plugin } from 'vite'

const toBrotli = promisify(brotliCompress)
const toGzip = promisify(gzip)
const compressible = /\.(?:js|css|html|svg|json|webmanifest|txt|wasm)$/
const smallestBytes = 1024

/** Writes a .br and a .gz beside every text file of the build, so that the server never compresses on the way out. */
export function precompress(): Plugin {
  let folder = ''
  return {
    name: 'attune-precompress',
    apply: 'build',
    enforce: 'post',
    configResolved(config) {
      folder = join(config.root, config.build.outDir)
    },
    async writeBundle() {
      for (const path of await filesIn(folder)) {
        const bytes = await readFile(path)
        if (bytes.length < smallestBytes) continue
        const parameters = { [constants.BROTLI_PARAM_QUALITY]: 9, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length }
        await writeFile(`${path}.br`, await toBrotli(bytes, { params: parameters }))
        await writeFile(`${path}.gz`, await toGzip(bytes, { level: 9 }))
      }
    },
  }
}

async function filesIn(folder: string): Promise<string[]> {
  const found: string[] = []
  for (const name of await readdir(folder, { recursive: true })) {
    const path = join(folder, name)
    if (compressible.test(name) && (await stat(path)).isFile()) found.push(path)
  }
  return found
}
