import fontkit from '@pdf-lib/fontkit'
import latinBold from '@fontsource/atkinson-hyperlegible-next/files/atkinson-hyperlegible-next-latin-700-normal.woff?inline'
import latinRegular from '@fontsource/atkinson-hyperlegible-next/files/atkinson-hyperlegible-next-latin-400-normal.woff?inline'
import wideBold from '@fontsource/atkinson-hyperlegible-next/files/atkinson-hyperlegible-next-latin-ext-700-normal.woff?inline'
import wideRegular from '@fontsource/atkinson-hyperlegible-next/files/atkinson-hyperlegible-next-latin-ext-400-normal.woff?inline'
import type { PDFDocument, PDFFont } from 'pdf-lib'

// The typeface comes in two files per weight: Latin, and the letters that Welsh (ŵ ŷ), Polish or Romanian need besides. A line of text is cut
// into runs, each set in the file that has its letters. They lie in this module, so the PDF needs no network.

export type Weight = 'regular' | 'bold'
export type Run = { readonly font: PDFFont; readonly text: string }
type Face = { readonly font: PDFFont; readonly letters: ReadonlySet<number> }
export type Typefaces = { readonly [weight in Weight]: readonly Face[] }

const substitute = '?'
const lookalikes: { readonly [letter: string]: string } = { '\u2011': '-', '\u2212': '–', '\u00a0': ' ', '\u202f': ' ', '\u2009': ' ', '\u2713': 'x' }

export async function embedTypefaces(document: PDFDocument): Promise<Typefaces> {
  document.registerFontkit(fontkit)
  const embed = async (address: string): Promise<Face> => {
    const font = await document.embedFont(toBytes(address), { subset: true })
    return { font, letters: new Set(font.getCharacterSet()) }
  }
  const [regular, regularWide, bold, boldWide] = [await embed(latinRegular), await embed(wideRegular), await embed(latinBold), await embed(wideBold)]
  return { regular: [regular, regularWide], bold: [bold, boldWide] }
}

/** A line cut into runs of one font each. A letter that no file has is printed as a question mark, so that its place is seen. */
export function toRuns(typefaces: Typefaces, weight: Weight, text: string): Run[] {
  const faces = typefaces[weight]
  const runs: { font: PDFFont; text: string }[] = []
  for (const letter of text) {
    const { face, shown } = findFace(faces, letter)
    const last = runs.at(-1)
    if (last?.font === face.font) last.text += shown
    else runs.push({ font: face.font, text: shown })
  }
  return runs
}

export function widthOf(typefaces: Typefaces, weight: Weight, size: number, text: string): number {
  return toRuns(typefaces, weight, text).reduce((width, run) => width + run.font.widthOfTextAtSize(run.text, size), 0)
}

/** Text as it can be printed: composed letters, no control characters. */
export function toPrintable(text: string): string {
  return text
    .normalize('NFC')
    .replace(/\t/g, ' ')
    .replace(/\p{Cc}|\p{Cf}/gu, '')
}

function findFace(faces: readonly Face[], letter: string): { face: Face; shown: string } {
  const [first] = faces
  if (first === undefined) throw new Error('The typeface is missing.')
  for (const shown of [letter, lookalikes[letter] ?? substitute]) {
    const face = faces.find(({ letters }) => letters.has(shown.codePointAt(0) ?? 0))
    if (face !== undefined) return { face, shown }
  }
  return { face: first, shown: substitute }
}

function toBytes(address: string): Uint8Array {
  return Uint8Array.from(atob(address.slice(address.indexOf(',') + 1)), (letter) => letter.charCodeAt(0))
}
