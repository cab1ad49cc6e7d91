import { isNeededXlsxPart } from '@attune/xlsform'
import { fromBuffer, type Entry, type ZipFile } from 'yauzl'

/** What an archive may hold at most; a bomb is stopped while it is unpacked, whatever sizes it claims. */
export type ZipLimits = { readonly entries: number; readonly bytes: number }
export const zipLimits: ZipLimits = { entries: 1_000, bytes: 50 * 1024 * 1024 }

/** The XML texts inside an .xlsx file that a form needs, by their path; undefined for anything that is no sound archive within the limits. */
export async function unzipXlsx(file: Buffer, limits: ZipLimits = zipLimits): Promise<ReadonlyMap<string, string> | undefined> {
  const parts = await unzip(file, limits, isNeededXlsxPart)
  return parts === undefined ? undefined : new Map([...parts].map(([name, bytes]) => [name, bytes.toString('utf8')]))
}

/** The files inside an archive that are wanted, by their path; undefined for anything that is no sound archive within the limits. */
export async function unzip(file: Buffer, limits: ZipLimits, isWanted: (name: string) => boolean): Promise<ReadonlyMap<string, Buffer> | undefined> {
  let zip: ZipFile | undefined
  try {
    zip = await openZip(file)
    return zip.entryCount > limits.entries ? undefined : await readParts(zip, limits, isWanted)
  } catch {
    // yauzl throws for every fault of an archive: lying sizes, paths that climb out, broken streams.
    return undefined
  } finally {
    zip?.close()
  }
}

function openZip(file: Buffer): Promise<ZipFile> {
  return new Promise((resolve, reject) => {
    fromBuffer(file, { lazyEntries: true, validateEntrySizes: true, strictFileNames: true }, (error, zip) => (error ? reject(error) : resolve(zip)))
  })
}

function readParts(zip: ZipFile, limits: ZipLimits, isWanted: (name: string) => boolean): Promise<Map<string, Buffer>> {
  const parts = new Map<string, Buffer>()
  let bytes = 0
  let seen = 0
  return new Promise((resolve, reject) => {
    zip.on('error', reject)
    zip.on('end', () => resolve(parts))
    zip.on('entry', (entry: Entry) => {
      seen += 1
      if (seen > limits.entries) return reject(new Error('too many entries'))
      if (!isWanted(entry.fileName) || parts.has(entry.fileName)) return zip.readEntry()
      zip.openReadStream(entry, (error, stream) => {
        if (error) return reject(error)
        const chunks: Buffer[] = []
        stream.on('error', reject)
        stream.on('data', (chunk: Buffer) => {
          bytes += chunk.length
          if (bytes > limits.bytes) stream.destroy(new Error('too large'))
          else chunks.push(chunk)
        })
        stream.on('end', () => {
          parts.set(entry.fileName, Buffer.concat(chunks))
          zip.readEntry()
        })
      })
    })
    zip.readEntry()
  })
}
