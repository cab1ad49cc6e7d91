// Files of an export. KoboToolbox lays them out in one folder for each record, named by its id, anywhere below the folder that was named
// ("attachments/<id>/photo.jpg"); ODK Central puts those of all records into one ("media/photo.jpg"), and each record names its own.
import { readdir, readFile, stat } from 'node:fs/promises'
import path from 'node:path'
import { submissionLimitBytes } from '@attune/contract'
import { fileTooLong, SourceUnreadable, type SourceFile } from './source.ts'

const uuid = /^(?:uuid:)?([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/i
/** KoboToolbox puts the account and the id of the form above; somebody may have packed that into folders of their own. */
const deepest = 6

export type AttachmentFolder = {
  /** The files of a record, by the ids that it goes by. */
  readonly filesOf: (ids: readonly string[]) => readonly SourceFile[]
  /** The file of this name that lies in no record's folder. */
  readonly fileNamed: (name: string) => SourceFile | undefined
  /** Ids of folders that no record asked for so far. */
  readonly unasked: () => readonly string[]
  /** How many files in no record's folder nobody asked for so far. */
  readonly unaskedFiles: () => number
}

/** Lists the folders of records below `folder`. Files are opened only when they are read. Raises `SourceUnreadable`. */
export async function readAttachmentFolder(folder: string): Promise<AttachmentFolder> {
  const found = new Map<string, SourceFile[]>()
  const loose = new Map<string, SourceFile>()
  await visit(folder, deepest, found, loose)
  const asked = new Set<string>()
  const askedFiles = new Set<string>()
  return {
    fileNamed: (name) => {
      const file = loose.get(name)
      if (file !== undefined) askedFiles.add(name)
      return file
    },
    unaskedFiles: () => loose.size - askedFiles.size,
    filesOf: (ids) =>
      ids.flatMap((id) => {
        const key = id.toLowerCase()
        asked.add(key)
        return found.get(key) ?? []
      }),
    unasked: () => [...found.keys()].filter((id) => !asked.has(id)),
  }
}

async function visit(folder: string, depth: number, found: Map<string, SourceFile[]>, loose: Map<string, SourceFile>): Promise<void> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => {
    throw new SourceUnreadable(`There is no folder ${folder} that can be read.`)
  })
  const id = uuid.exec(path.basename(folder))?.[1]?.toLowerCase()
  // A link may lead anywhere; only what lies in the folder itself belongs to the export.
  const files = entries.filter((entry) => entry.isFile() && !entry.name.startsWith('.'))
  const read = files.map(({ name }): SourceFile => ({ name, read: () => readOne(path.join(folder, name)) }))
  if (id === undefined) for (const file of read) loose.set(file.name, file)
  else if (read.length > 0) found.set(id, [...(found.get(id) ?? []), ...read])
  if (depth > 0) for (const entry of entries) if (entry.isDirectory()) await visit(path.join(folder, entry.name), depth - 1, found, loose)
}

async function readOne(file: string): Promise<Buffer> {
  try {
    if ((await stat(file)).size <= submissionLimitBytes) return await readFile(file)
  } catch {
    throw new SourceUnreadable('It cannot be read.')
  }
  throw new SourceUnreadable(fileTooLong)
}
