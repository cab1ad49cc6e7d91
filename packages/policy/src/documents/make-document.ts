import { contactLine, lastChangedOn, type DocumentSection, type PolicyDocument } from './document.ts'
import { dayWords } from '../day.ts'
import { getContact, type Policy } from '../policy.ts'

/** Puts the head and the foot that every page has around its sections: operator, edition, last change, contact (DCS-002, DCS-016). */
export function makeDocument(
  policy: Policy,
  page: { id: string; title: string; audience: string; sections: readonly DocumentSection[] },
): PolicyDocument {
  const changedOn = lastChangedOn(policy)
  return {
    ...page,
    operator: policy.operator.name,
    edition: policy.edition,
    lastChangedOn: changedOn,
    footer: `${policy.title}, edition ${policy.edition}, last changed ${dayWords(changedOn)}. Questions and requests: ${contactLine(getContact(policy))}.`,
  }
}
