// What is collected. One entry may cover several questions that share purpose, sensitivity and reason; it is spread into one field each.
import { partitions, sensitivities, type Field, type Purpose, type RetentionRule, type Subject } from '@attune/policy'
import type { Cursor } from './cursor.ts'
import { checkReference } from './read-list.ts'
import { checkSubject } from './read-people.ts'

const keys = ['form', 'names', 'subject', 'purposes', 'sensitivity', 'partition', 'keep', 'justification', 'disclosureRisk', 'aboutSession', 'origin']
const origins = ['asked', 'stamped'] as const

export type PlacedField = { readonly field: Field; readonly place: Cursor }

export function readFields(
  root: Cursor,
  known: { readonly subjects: readonly Subject[]; readonly purposes: readonly Purpose[]; readonly retention: readonly RetentionRule[] },
): readonly PlacedField[] {
  const seen = new Set<string>()
  return root
    .need('fields', 'a list of what is collected and why')
    .items()
    .flatMap((item) => {
      item.onlyKeys(keys)
      const subjectPlace = item.need('subject', 'the id of a subject')
      const subject = subjectPlace.text()
      checkSubject(subjectPlace, subject, known.subjects)
      const shared = {
        form: item.need('form', 'the form_id of the form').text(),
        subject,
        purposes: withEveryField(readPurposeCodes(item, known.purposes), subject, known.purposes),
        sensitivity: item.need('sensitivity', sensitivities.join(' or ')).word(sensitivities),
        partition: item.need('partition', partitions.join(' or ')).word(partitions),
        keep: readKeep(item, known.retention),
        justification: item.need('justification', 'why the work cannot be done without it').text(),
        disclosureRisk: item.at('disclosureRisk')?.flag() ?? false,
        origin: item.at('origin')?.word(origins) ?? 'asked',
        ...readAboutSession(item),
      }
      return item
        .need('names', '{ question name: what it is }')
        .entries()
        .map(({ key, value, place }): PlacedField => {
          const id = `${shared.form}/${key}`
          if (seen.has(id)) place.report('duplicate', `"${key}" of ${shared.form} is described twice. Remove one.`)
          seen.add(id)
          return { field: { name: key, label: value.text(), ...shared }, place }
        })
    })
}

// A rating or a goal says something of the client, whatever is written beside it.
function readAboutSession(item: Cursor): { readonly aboutSession?: true } {
  const place = item.at('aboutSession')
  if (place?.flag() !== true) return {}
  const sensitivity = item.at('sensitivity')?.text()
  if (sensitivity !== 'ordinary')
    place.report(
      'value-kind',
      `Answers that are ${sensitivity ?? 'of unknown sensitivity'} are about a person. Only ordinary ones can be about the session alone.`,
    )
  return { aboutSession: true }
}

function readPurposeCodes(item: Cursor, purposes: readonly Purpose[]): readonly string[] {
  const place = item.at('purposes')
  const codes = place?.items() ?? []
  if (codes.length === 0) {
    const at = place ?? item
    at.report(
      'field-without-purpose',
      'These fields have no purpose. Write purposes: [code, …] with codes from the list of purposes, or do not collect them.',
    )
  }
  return codes.map((code) => {
    const word = code.text()
    checkReference(
      code,
      word,
      purposes.map((purpose) => purpose.code),
      'purpose',
    )
    return word
  })
}

// A field must have a purpose of its own before those that concern every field are added: correcting data is no reason to collect it.
function withEveryField(own: readonly string[], subject: string, purposes: readonly Purpose[]): readonly string[] {
  if (own.length === 0) return own
  const added = purposes.filter((purpose) => purpose.everyField && purpose.subject === subject).map((purpose) => purpose.code)
  return [...new Set([...own, ...added])]
}

function readKeep(item: Cursor, retention: readonly RetentionRule[]): string {
  const place = item.at('keep')
  if (place === undefined) {
    item.report('field-without-retention', 'Nothing says how long these fields are kept. Write keep: with the id of a retention rule.')
    return ''
  }
  const id = place.text()
  checkReference(
    place,
    id,
    retention.map((rule) => rule.id),
    'retention rule',
  )
  return id
}
