// Forms on a page of their own, with the widgets and screens that the app has and nothing behind them, served under the content security policy
// of the real server.
import { createServer } from 'node:http'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import vue from '@vitejs/plugin-vue'
import type { FormView, MapView } from '@attune/contract'
import { compile, readMarkdown } from '@attune/xlsform'
import type { Page } from 'playwright-core'
import { build } from 'vite'
import { securityHeaders, withMap } from '../../server/src/routes/security-headers.ts'
import { engineWasm } from '../build/engine-wasm.ts'

const top = path.resolve(import.meta.dirname, '../../..')
const place = '/src/screens/form/lab/index.html'
const kinds: { readonly [extension: string]: string } = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.wasm': 'application/wasm',
  '.woff2': 'font/woff2',
}

export type FormLab = { readonly url: string; readonly close: () => Promise<void> }

/** Builds the page and serves it. */
export async function startFormLab(map?: Pick<MapView, 'tiles'>): Promise<FormLab> {
  const headers = map === undefined ? securityHeaders : withMap(securityHeaders, map)
  const worn = Object.fromEntries(['content-security-policy', 'referrer-policy', 'permissions-policy'].map((name) => [name, headers[name]!]))
  const folder = mkdtempSync(path.join(tmpdir(), 'attune-form-lab-'))
  await build({
    root: path.join(top, 'apps/web'),
    configFile: false,
    publicDir: false,
    logLevel: 'error',
    plugins: [vue(), engineWasm()],
    define: { __VUE_OPTIONS_API__: 'false', __VUE_PROD_DEVTOOLS__: 'false', __VUE_PROD_HYDRATION_MISMATCH_DETAILS__: 'false' },
    build: {
      outDir: folder,
      target: 'es2022',
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      chunkSizeWarningLimit: 2000,
      rolldownOptions: { input: path.join(top, 'apps/web', place) },
    },
  })
  const server = createServer((request, response) => {
    const file = path.join(folder, path.normalize(new URL(request.url ?? '/', 'http://lab').pathname))
    try {
      const body = readFileSync(file)
      response.writeHead(200, {
        'content-type': kinds[path.extname(file)] ?? 'application/octet-stream',
        ...worn,
      })
      response.end(body)
    } catch {
      response.writeHead(404).end()
    }
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const port = address !== null && typeof address === 'object' ? address.port : 0
  return {
    url: `http://127.0.0.1:${port}${place}`,
    close: async () => {
      await new Promise((resolve) => server.close(resolve))
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** A form written as Markdown tables, as a device holds it. */
export function toFormView(markdown: string, kind: string, questions: FormView['questions'] = {}): FormView {
  const compiled = compile(readMarkdown(markdown))
  if (!compiled.ok) throw new Error(JSON.stringify(compiled.issues))
  const { formId, version, title } = compiled.outline
  return { formId, version, title, kind, hash: formId, xml: compiled.xml, outline: compiled.outline, questions, measures: [], files: [] }
}

/** Opens the page with the form on it; gives the faults that the page meets from then on. */
export async function openLab(
  page: Page,
  url: string,
  form: FormView,
  { map, drawings = {} }: { readonly map?: MapView; readonly drawings?: Readonly<Record<string, string>> } = {},
): Promise<string[]> {
  const faults: string[] = []
  page.on('console', (message) => {
    if (message.type() === 'error' && !message.text().includes('404')) faults.push(message.text())
  })
  page.on('pageerror', (fault) => faults.push(fault.message))
  await page.addInitScript(
    ({ drawings: texts, ...given }) => {
      const files = Object.fromEntries(Object.entries(texts).map(([name, text]) => [name, new Blob([text], { type: 'image/svg+xml' })]))
      Object.assign(globalThis, { attuneLab: { ...given, files } })
    },
    { form, drawings, ...(map === undefined ? {} : { map }) },
  )
  await page.goto(url)
  await page.locator('form.form-page').waitFor()
  return faults
}
