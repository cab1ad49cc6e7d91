// A form and its files in one archive, as Kobo and ODK Central hand them out: the workbook, and beside it or in a folder "media" whatever it names.
import { formFilesLimits } from '@attune/contract'
import type { HandedFile } from '../form-files/read-form-files.ts'
import { unzip } from './unzip-xlsx.ts'

export type Bundle = { readonly fileName: string; readonly bytes: Uint8Array; readonly files: readonly HandedFile[] }

/** What an operating system puts into an archive by itself. */
const isLitter = (name: string) => name.endsWith('/') || /(^|\/)(__MACOSX\/|\.DS_Store$|Thumbs\.db$|desktop\.ini$|\._)/.test(name)

export async function readBundle(archive: Buffer): Promise<Bundle | { readonly unreadable: string }> {
  const megabytes = Math.round((formFilesLimits.totalBytes + formFilesLimits.workbookBytes) / 1_048_576)
  const limits = { entries: formFilesLimits.files * 2, bytes: formFilesLimits.totalBytes + formFilesLimits.workbookBytes }
  const found = await unzip(archive, limits, (name) => !isLitter(name))
  if (found === undefined)
    return {
      unreadable: `This is not a sound .zip file, or it holds more than ${formFilesLimits.files} files, unpacks to more than ${megabytes} MB, or names a place outside of itself. Put the workbook and a folder “media” into a new one.`,
    }
  const top = findTop([...found.keys()])
  const names = new Map([...found].map(([name, bytes]) => [name.slice(top.length), bytes]))
  const workbook = ['.xlsx', '.xlsm', '.md', '.csv'].map((ending) =>
    [...names.keys()].filter((name) => !name.includes('/') && name.toLowerCase().endsWith(ending)),
  )
  const [fileName, ...others] = workbook.find((candidates) => candidates.length > 0) ?? []
  if (fileName === undefined)
    return { unreadable: 'There is no workbook in this .zip file. Put the .xlsx at its top, and its pictures and lists into a folder “media”.' }
  if (others.length > 0 && !fileName.endsWith('.csv'))
    return { unreadable: `There is more than one workbook in this .zip file: ${[fileName, ...others].slice(0, 3).join(', ')}. Leave one.` }
  if ((names.get(fileName)?.length ?? 0) > formFilesLimits.workbookBytes)
    return {
      unreadable: `“${fileName}” is larger than ${formFilesLimits.workbookBytes / 1_048_576} MB. A form is much smaller: take out pictures and other sheets.`,
    }
  const beside = [...names].filter(([name]) => name !== fileName)
  const deep = beside.find(([name]) => name.replace(/^media\//, '').includes('/'))
  if (deep !== undefined)
    return { unreadable: `“${deep[0]}” lies in a folder that is not read. Files belong beside the workbook or into one folder “media”.` }
  return { fileName, bytes: names.get(fileName)!, files: beside.map(([name, content]) => ({ name: name.replace(/^media\//, ''), content })) }
}

/** The folder that everything lies in, when an archive was made of a folder; "" otherwise. */
function findTop(names: readonly string[]): string {
  const slash = names[0]?.indexOf('/') ?? -1
  const top = slash < 0 ? '' : names[0]!.slice(0, slash + 1)
  return top !== '' && top !== 'media/' && names.every((name) => name.startsWith(top)) ? top : ''
}
