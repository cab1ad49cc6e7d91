// `npx attune xlsform convert FILE [-o OUT.xml] [--json]`: an XLSForm (.xlsx, .csv, .md) becomes an XForm, or the list of what is wrong with it.
// `npx attune xlsform --ndjson`: many forms in one go, a line {"id","md"} in for each line {"id","xml"} or {"id","issues"} out.
import { readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { questionsOf } from '@attune/forms'
import { compile, readCsv, readMarkdown, readXlsx, type Issue, type Workbook } from '@attune/xlsform'
import { unzipXlsx } from '../apps/server/src/outside/workbook/unzip-xlsx.ts'

export type Writer = { write(text: string): unknown }

const usage = `Usage: npx attune xlsform convert FILE [-o OUT.xml] [--json]   FILE ends in .xlsx, .csv or .md
       npx attune xlsform --ndjson [--checked]   lines {"id","md"} in, lines {"id","xml"} or {"id","issues"} out
`

/** Runs the command. Gives 0 when the form compiles, 1 when it is refused, 2 when the command or the file was not understood. */
export async function xlsform(args: readonly string[], out: Writer, err: Writer, input: NodeJS.ReadableStream = process.stdin): Promise<number> {
  if (args.includes('--help')) {
    out.write(usage)
    return 0
  }
  const words = args[0] === 'convert' ? args.slice(1) : args
  if (words.includes('--ndjson')) return convertLines(input, out, words.includes('--checked'))
  const asJson = words.includes('--json')
  const at = words.findIndex((word) => word === '-o' || word === '--output')
  const target = at < 0 ? undefined : words[at + 1]
  const files = words.filter((word, index) => !word.startsWith('-') && (at < 0 || index !== at + 1))
  const unknown = words.filter((word) => word.startsWith('-') && !['--json', '-o', '--output'].includes(word))
  const [file] = files
  if (args[0] !== 'convert' || file === undefined || files.length > 1 || unknown.length > 0 || (at >= 0 && target === undefined)) {
    err.write(usage)
    return 2
  }
  const workbook = await readWorkbook(file, err)
  if (workbook === undefined) return 2
  const result = compile(workbook, { fileName: path.basename(file) })
  if (!result.ok) {
    for (const issue of result.issues) out.write(`${JSON.stringify(issue)}\n`)
    if (!asJson) for (const issue of result.issues) err.write(`${toLine(issue)}\n`)
    return 1
  }
  if (target !== undefined) await writeFile(target, result.xml)
  if (asJson)
    out.write(
      `${JSON.stringify({ formId: result.outline.formId, questions: questionsOf(result.outline).length, warnings: result.warnings, ...(target === undefined ? { xml: result.xml } : {}) })}\n`,
    )
  else if (target === undefined) out.write(result.xml)
  if (!asJson) for (const warning of result.warnings) err.write(`${toLine(warning)}\n`)
  return 0
}

function toLine({ severity, sheet, row, column, cell, message }: Issue): string {
  const place = [sheet === '' ? '' : `sheet ${sheet}`, cell ?? `row ${row}`, column].filter((word) => word !== '').join(', ')
  return `${severity}: ${place}: ${message}`
}

async function readWorkbook(file: string, err: Writer): Promise<Workbook | undefined> {
  const kind = path.extname(file).toLowerCase()
  let bytes: Buffer
  try {
    bytes = await readFile(file)
  } catch {
    err.write(`There is no file ${file} that can be read.\n`)
    return undefined
  }
  if (kind === '.md') return readMarkdown(bytes.toString('utf8'))
  if (kind === '.csv') return readCsv(bytes.toString('utf8'))
  if (kind === '.xlsx' || kind === '.xlsm') return readXlsx((await unzipXlsx(bytes)) ?? new Map())
  err.write(`Files of the kind '${kind}' cannot be read. Save the form as .xlsx, .csv or .md.\n`)
  return undefined
}

type Line = { readonly id?: unknown; readonly md?: unknown; readonly name?: unknown; readonly fileName?: unknown }

/** One answer for each line, in the same order; a line that cannot be read is answered too. */
async function convertLines(input: NodeJS.ReadableStream, out: Writer, checked: boolean): Promise<number> {
  for await (const line of createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })) {
    if (line.trim() === '') continue
    const isRoom = out.write(`${JSON.stringify(convertLine(line, checked))}\n`)
    // A slow reader at the other end must not make lines pile up here.
    if (isRoom === false && 'once' in out) await new Promise((resolve) => (out as NodeJS.WritableStream).once('drain', resolve))
  }
  return 0
}

/**
 * Many forms at once are converted for other programs, which validate expressions by the functions that they know. So what only our own player
 * could not open is told as a warning there, unless `checked`; everything else is refused as in a single conversion.
 */
function convertLine(line: string, checked: boolean): object {
  let asked: Line
  try {
    asked = JSON.parse(line) as Line
  } catch {
    return { id: null, error: 'This line is no JSON. Write {"id": …, "md": "…"}.' }
  }
  if (typeof asked !== 'object' || asked === null || typeof asked.md !== 'string')
    return { id: asked?.id ?? null, error: 'This line has no text "md".' }
  const options = {
    ...(typeof asked.name === 'string' ? { rootName: asked.name } : {}),
    ...(typeof asked.fileName === 'string' ? { fileName: asked.fileName } : {}),
  }
  const workbook = readMarkdown(asked.md)
  const result = compile(workbook, options)
  const lenient = result.ok || checked ? result : compile(workbook, { ...options, expressions: 'unchecked' })
  if (!lenient.ok) return { id: asked.id ?? null, issues: result.ok ? [] : result.issues }
  const warnings = result.ok ? result.warnings : result.issues.map((issue): Issue => ({ ...issue, severity: 'warning' }))
  return { id: asked.id ?? null, xml: lenient.xml, ...(warnings.length > 0 ? { warnings } : {}) }
}
