// The words of a text under audit and the marks on them, without a screen: what a key or a tap does, and how the text will read afterwards.
import { textOfToken, type AuditSpan, type AuditTokenId } from '@attune/policy'

/** A stretch that names somebody. `as` is what it becomes; undefined until the auditor has said so. */
export type Mark = { readonly start: number; readonly end: number; readonly as: AuditTokenId | undefined }
/** A word, or what stands between two words. */
export type Piece = { readonly start: number; readonly end: number; readonly text: string; readonly isWord: boolean }

/** Cuts a text into words and the rest. */
export function toPieces(text: string): Piece[] {
  return [...text.matchAll(/[\p{L}\p{N}][\p{L}\p{N}'’@._-]*[\p{L}\p{N}]|[\p{L}\p{N}]|[^\p{L}\p{N}]+/gu)].map((match) => ({
    start: match.index,
    end: match.index + match[0].length,
    text: match[0],
    isWord: /^[\p{L}\p{N}]/u.test(match[0]),
  }))
}

const suggestions: { readonly [kind: string]: AuditTokenId } = {
  DATE: 'date',
  CONTACT: 'contact',
  ID: 'contact',
  ADDRESS: 'place',
  POSTCODE: 'place',
  ORG: 'place',
  SPECIAL: 'detail',
}

/** What the detector found as marks. Who a name belongs to is the auditor's to say, so a name has no suggestion. */
export function toMarks(found: readonly { readonly start: number; readonly end: number; readonly kind: string }[]): Mark[] {
  return found.map(({ start, end, kind }) => ({ start, end, as: suggestions[kind] }))
}

export const markAt = (marks: readonly Mark[], piece: Pick<Piece, 'start' | 'end'>): number =>
  marks.findIndex((mark) => mark.start < piece.end && piece.start < mark.end)

/** Takes the mark off a word, or puts one on; a word beside a mark joins it when nothing but space lies between. */
export function toggleWord(text: string, marks: readonly Mark[], piece: Piece): Mark[] {
  const at = markAt(marks, piece)
  if (at >= 0) return marks.filter((_, index) => index !== at)
  const isSpace = (from: number, until: number) => /^\s*$/.test(text.slice(from, until))
  const before = marks.find((mark) => mark.end <= piece.start && isSpace(mark.end, piece.start))
  const after = marks.find((mark) => mark.start >= piece.end && isSpace(piece.end, mark.start))
  const joined: Mark = { start: before?.start ?? piece.start, end: after?.end ?? piece.end, as: before?.as ?? after?.as }
  return [...marks.filter((mark) => mark !== before && mark !== after), joined].sort((a, b) => a.start - b.start)
}

/** Says what a mark becomes. */
export function nameMark(marks: readonly Mark[], at: number, as: AuditTokenId): Mark[] {
  return marks.map((mark, index) => (index === at ? { ...mark, as } : mark))
}

export const isComplete = (marks: readonly Mark[]): marks is readonly AuditSpan[] => marks.length > 0 && marks.every((mark) => mark.as !== undefined)

/** How the text will read; a mark that has no name yet is shown as a gap. */
export function previewText(text: string, marks: readonly Mark[], codeWords: string): string {
  let shown = ''
  let after = 0
  for (const { start, end, as } of marks) {
    shown += `${text.slice(after, start)}${as === undefined ? '…' : textOfToken(as, codeWords)}`
    after = end
  }
  return shown + text.slice(after)
}
