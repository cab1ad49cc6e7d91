// Files beside a form. Contents are kept once, by their hash; which version names which is written with the version and never changes.
import type { FormFile } from '@attune/forms'
import type { AttuneTables } from './attune-tables.ts'
import type { Reading, Transaction } from './with-actor.ts'

type Trx = Pick<Transaction<AttuneTables>, 'selectFrom'>
export type FileContent = { readonly sha256: string; readonly content: Uint8Array }

/** Keeps contents; those that are here already stay as they are. */
export async function addFileContents(trx: Transaction<AttuneTables>, files: readonly FileContent[]): Promise<void> {
  for (const { sha256, content } of files)
    await trx
      .insertInto('policy.file_contents')
      .values({ sha256, bytes: Buffer.from(content) })
      .onConflict((conflict) => conflict.doNothing())
      .execute()
}

/** Names the files of a version, in the transaction that publishes it; the database refuses it afterwards. */
export async function addFormFiles(
  trx: Transaction<AttuneTables>,
  { formId, version, files }: { formId: string; version: string; files: readonly FormFile[] },
): Promise<void> {
  if (files.length === 0) return
  await trx
    .insertInto('policy.form_files')
    .values(
      files.map(({ name, kind, mediaType, bytes, sha256, md5, rows }) => ({
        form_id: formId,
        form_version: version,
        name,
        kind,
        media_type: mediaType,
        size: bytes,
        sha256,
        md5,
        row_count: rows ?? null,
      })),
    )
    .execute()
}

/** The files of every version, by `form_id version`, each list by name. */
export async function findFormFiles(trx: Reading<AttuneTables>): Promise<ReadonlyMap<string, readonly FormFile[]>> {
  const rows = await trx.selectFrom('policy.form_files').selectAll().orderBy('name').execute()
  const found = new Map<string, FormFile[]>()
  for (const row of rows) {
    const key = toFilesKey(row.form_id, row.form_version)
    const file: FormFile = {
      name: row.name,
      kind: row.kind,
      mediaType: row.media_type,
      bytes: row.size,
      sha256: row.sha256,
      md5: row.md5,
      ...(row.row_count === null ? {} : { rows: row.row_count }),
    }
    const list = found.get(key)
    if (list === undefined) found.set(key, [file])
    else list.push(file)
  }
  return found
}

export const toFilesKey = (formId: string, version: string): string => `${formId} ${version}`

export async function findFileContent(trx: Trx, sha256: string): Promise<Buffer | undefined> {
  const found = await trx.selectFrom('policy.file_contents').select('bytes').where('sha256', '=', sha256).executeTakeFirst()
  return found?.bytes
}
