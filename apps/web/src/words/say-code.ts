// Coded answers as people say them. A code that is not known here is shown as it is.
import { checkClientCode, showClientCode } from '@attune/policy'
import { say, type MessageKey } from '../messages/index.ts'

const words: { readonly [code: string]: MessageKey & `code.${string}` } = {
  before: 'code.before',
  during: 'code.during',
  after: 'code.after',
  'face-to-face': 'code.face-to-face',
  online: 'code.online',
  'pre-birth': 'code.pre-birth',
}

/** One coded answer in words; ages are shown as they are written, with a real dash. */
export function sayCode(code: string): string {
  const known = words[code]
  if (known !== undefined) return say(known)
  return /^\d+-\d+$/.test(code) ? code.replace('-', '–') : code
}

/** A measure's key in the scores as a heading: the name a form gives it, else the key in capitals. */
export function sayMeasure(key: string, names: ReadonlyMap<string, string>): string {
  return names.get(key) ?? key.replace('.', ' ').toLocaleUpperCase('en-GB')
}

/** A client's code as it is read aloud: one made by the form in groups of four, a service's own as the service writes it. */
export function sayClientCode(code: string): string {
  return checkClientCode(code, { source: 'form' }).allowed ? showClientCode(code) : code
}
