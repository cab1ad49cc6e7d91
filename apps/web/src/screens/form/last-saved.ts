// What this device remembers of a form after it was sent, so that the next one starts with it: only the answers that the published form asks for,
// which are never about a client. See packages/policy/src/lint/may-recall.ts.
import type { FormView } from '@attune/contract'
import { recalledNames, withLastSaved, type FormOutline } from '@attune/forms'

const recallsOf = (form: Pick<FormView, 'outline'>): ReadonlySet<string> => new Set(recalledNames(form.outline as FormOutline))

/** Does the form start with answers of the one before? */
export const recallsAnswers = (form: Pick<FormView, 'outline'>): boolean => recallsOf(form).size > 0

/** The answers of a record that may be remembered, as XML of the record's own shape; undefined when the form remembers nothing. */
export function toLastSaved(form: Pick<FormView, 'outline'>, record: string): string | undefined {
  const { rootName } = form.outline as FormOutline
  const names = recallsOf(form)
  if (names.size === 0) return undefined
  const parsed = new DOMParser().parseFromString(record, 'application/xml')
  if (parsed.querySelector('parsererror') !== null || parsed.documentElement.localName !== rootName) return undefined
  return prune(parsed.documentElement, names) || `<${rootName}/>`
}

/** The form's XML with what was remembered in it. What an earlier version let be remembered and this one does not is left out. */
export function toRecallingXml(form: Pick<FormView, 'outline' | 'xml'>, remembered: string | undefined): string {
  const record = remembered === undefined ? undefined : toLastSaved(form, remembered)
  return withLastSaved(form.xml, record ?? `<${(form.outline as FormOutline).rootName}/>`)
}

function prune(element: Element, names: ReadonlySet<string>): string {
  const below = [...element.children]
  const inner =
    below.length === 0 ? (names.has(element.localName) ? escape(element.textContent) : '') : below.map((child) => prune(child, names)).join('')
  return inner === '' ? '' : `<${element.localName}>${inner}</${element.localName}>`
}

function escape(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;')
}
