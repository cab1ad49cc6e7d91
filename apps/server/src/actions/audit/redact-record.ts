// Puts other words in place of a text, everywhere the record holds it: in the answers and in the form as it was sent. The old sealed bytes are
// overwritten; what was there is not kept.
import type { Answers, AnswerValue, XmlElement } from '@attune/forms'
import type { Attune } from '../../attune.ts'
import { open, seal } from '../../store/keyring/seal.ts'
import { answersPlace, xmlPlace } from '../../store/records/places.ts'
import type { SealedContent } from '../../store/records/reseal-record.ts'
import { readXml } from '../submission/read-xml.ts'
import { writeXml } from '../submission/write-xml.ts'

type Row = { readonly serviceId: string; readonly recordId: string; readonly clientId: string }

/** The record sealed anew with each text replaced. A text that the form as sent does not hold is a fault: half a change would leave the name there. */
export async function redactRecord(
  { keyring }: Attune,
  row: Row,
  sealed: SealedContent,
  replacements: ReadonlyMap<string, string>,
): Promise<SealedContent> {
  const key = await keyring.getClientKey(row.serviceId, row.clientId)
  const answers = JSON.parse(open(key, answersPlace(row), sealed.answersSealed).toString('utf8')) as Answers
  const reading = readXml(open(key, xmlPlace(row), sealed.xmlSealed))
  if ('refused' in reading) throw new Error(`The sealed form of record ${row.recordId} is not XML.`)
  const seen = new Set<string>()
  const xml = replaceInElement(reading.root, replacements, seen)
  if (seen.size < replacements.size) throw new Error(`The sealed form of record ${row.recordId} does not hold every text of its answers.`)
  return {
    answersSealed: seal(key, answersPlace(row), Buffer.from(JSON.stringify(replaceInAnswers(answers, replacements)))),
    xmlSealed: seal(key, xmlPlace(row), Buffer.from(writeXml(xml))),
  }
}

function replaceInAnswers(answers: Answers, replacements: ReadonlyMap<string, string>): Answers {
  const replace = (value: AnswerValue): AnswerValue => {
    if (typeof value === 'string') return replacements.get(value) ?? value
    if (!Array.isArray(value)) return value
    return value.map((one) => (typeof one === 'string' ? one : replaceInAnswers(one as Answers, replacements))) as AnswerValue
  }
  return Object.fromEntries(Object.entries(answers).map(([question, value]) => [question, replace(value)]))
}

function replaceInElement(element: XmlElement, replacements: ReadonlyMap<string, string>, seen: Set<string>): XmlElement {
  const instead = element.children.length === 0 ? replacements.get(element.text) : undefined
  if (instead !== undefined) seen.add(element.text)
  return { ...element, text: instead ?? element.text, children: element.children.map((child) => replaceInElement(child, replacements, seen)) }
}
