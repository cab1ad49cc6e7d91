// Files beside forms: reading one, and what a new version takes over from those in use.
import type { FormFile } from '@attune/forms'
import type { Attune } from '../../attune.ts'
import type { CarriedFile } from '../../outside/workbook/workbook-reader.ts'
import { raise } from '../../problems.ts'
import { findFileContent } from '../../store/form-files.ts'
import { withReader, type DatabaseActor } from '../../store/with-actor.ts'
import { pickOpen, readShelf } from './form-shelf.ts'

export type FileReply = FormFile & { readonly content: Buffer }

/** The file of that name among a form's own. Raises `not-found`. */
export async function readFormFile(
  { databases }: Attune,
  actor: DatabaseActor,
  files: readonly FormFile[] | undefined,
  name: string,
): Promise<FileReply> {
  const file = files?.find((one) => one.name === name.normalize('NFC')) ?? raise('not-found')
  const content = await withReader(databases.attune, actor, '', (trx) => findFileContent(trx as never, file.sha256))
  return { ...file, content: content ?? raise('not-found') }
}

/** The lists of a form as texts by name, for the engine on the server. */
export function readLists(attune: Attune, files: readonly FormFile[] | undefined): Promise<Readonly<Record<string, string>>> {
  return readTexts(
    attune,
    (files ?? []).filter(({ kind }) => kind === 'list'),
  )
}

async function readTexts({ databases }: Attune, lists: readonly FormFile[]): Promise<Readonly<Record<string, string>>> {
  if (lists.length === 0) return {}
  return withReader(databases.attune, { role: 'system' }, 'publish', async (trx) => {
    const texts: [string, string][] = []
    for (const { name, sha256 } of lists) texts.push([name, (await findFileContent(trx as never, sha256))?.toString('utf8') ?? ''])
    return Object.fromEntries(texts)
  })
}

/** The files of everybody's newest open forms, by form id; lists and drawings with what stands in them. */
export async function findCarried(attune: Attune): Promise<{ readonly [formId: string]: readonly CarriedFile[] }> {
  const forms = pickOpen(attune, await readShelf(attune)).filter(({ files = [] }) => files.length > 0)
  const carried: [string, CarriedFile[]][] = []
  for (const { id, files = [] } of forms) {
    const texts = await readTexts(
      attune,
      files.filter(({ kind, mediaType }) => kind === 'list' || mediaType === 'image/svg+xml'),
    )
    const contentOf = (text: string | undefined) => (text === undefined ? {} : { content: Buffer.from(text, 'utf8') })
    carried.push([id, files.map((file) => ({ ...file, ...contentOf(texts[file.name]) }))])
  }
  return Object.fromEntries(carried)
}
