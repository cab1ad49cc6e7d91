// Answers of the form that was sent before, which a device may fill in again: `${last-saved#name}`.
import { questionsOf, type FormOutline } from './outline.ts'

const recall = /\$\{\s*last-saved#([^}\s]+)\s*\}/g

/** The names in a text that are asked for with `${last-saved#name}`, each once. */
export function recalledIn(text: string): string[] {
  return [...new Set([...text.matchAll(recall)].map(([, name]) => name!))]
}

/** The names of the questions whose last answers a form starts with; a published form asks for them in defaults alone. */
export function recalledNames(outline: Pick<FormOutline, 'children'>): string[] {
  return [...new Set(questionsOf(outline).flatMap((question) => recalledIn(question.default ?? '')))]
}

/** A form's XML with an empty record in place of the last saved one, for programs that would keep a whole record to fill it. */
export function withoutLastSaved(xml: string, rootName: string): string {
  return withLastSaved(xml, `<${rootName}/>`)
}

/** A form's XML with a record put where it reads the last saved one. `record` is one XML element without a namespace. */
export function withLastSaved(xml: string, record: string): string {
  return xml.replace(/<instance id="__last-saved" src="jr:\/\/instance\/last-saved"\s*\/>/, () => `<instance id="__last-saved">${record}</instance>`)
}
