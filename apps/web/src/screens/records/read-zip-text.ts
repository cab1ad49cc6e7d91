// Looks into the downloaded zip for manifest.json, so that the screen can say what is in the file and what was withheld.
// The zip format: https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT, sections 4.3.7 (local header), 4.3.12 (directory), 4.3.16 (its end).

const endOfDirectory = 0x06054b50
const directoryEntry = 0x02014b50
const stored = 0
const deflated = 8

/** The named file of a zip as text; undefined when it is not there or the bytes are no zip. */
export async function readZipText(zip: ArrayBuffer, name: string): Promise<string | undefined> {
  const view = new DataView(zip)
  const end = findEnd(view)
  if (end === undefined) return undefined
  const entries = view.getUint16(end + 10, true)
  let at = view.getUint32(end + 16, true)
  for (let entry = 0; entry < entries && at + 46 <= zip.byteLength && view.getUint32(at, true) === directoryEntry; entry += 1) {
    const nameLength = view.getUint16(at + 28, true)
    if (new TextDecoder().decode(new Uint8Array(zip, at + 46, nameLength)) === name) return readEntry(zip, view, at)
    at += 46 + nameLength + view.getUint16(at + 30, true) + view.getUint16(at + 32, true)
  }
  return undefined
}

function findEnd(view: DataView): number | undefined {
  const furthest = Math.max(0, view.byteLength - 22 - 0xffff)
  for (let at = view.byteLength - 22; at >= furthest; at -= 1) if (view.getUint32(at, true) === endOfDirectory) return at
  return undefined
}

async function readEntry(zip: ArrayBuffer, view: DataView, at: number): Promise<string | undefined> {
  const method = view.getUint16(at + 10, true)
  const size = view.getUint32(at + 20, true)
  const local = view.getUint32(at + 42, true)
  const start = local + 30 + view.getUint16(local + 26, true) + view.getUint16(local + 28, true)
  if (start + size > zip.byteLength) return undefined
  const bytes = new Uint8Array(zip, start, size)
  if (method === stored) return new TextDecoder().decode(bytes)
  if (method !== deflated) return undefined
  return new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream('deflate-raw'))).text()
}
