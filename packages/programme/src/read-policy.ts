// policy.yaml to a checked Policy. Reading is spread over the files that read its parts; what needs several parts at once is checked at the end.
import type { Policy, Training } from '@attune/policy'
import type { Cursor } from './cursor.ts'
import { readFields, type PlacedField } from './read-fields.ts'
import { readContacts, readOperator, readParties, readRecipients, readRegions, readRegulator, readSubjects } from './read-people.ts'
import { readPurposes } from './read-purposes.ts'
import { readReports } from './read-reports.ts'
import { readRetention } from './read-retention.ts'
import { readChanges, readGates, readRights, readRoleRules, readSecurity, readTermsOfUse, readValues } from './read-rules.ts'

const keys = [
  'edition',
  'editionOn',
  'title',
  'operator',
  'about',
  'parties',
  'subjects',
  'purposes',
  'retention',
  'fields',
  'roles',
  'gates',
  'rights',
  'regions',
  'recipients',
  'contact',
  'contacts',
  'regulator',
  'freeMailDomains',
  'security',
  'reports',
  'terms',
  'values',
  'changes',
]

export type ReadPolicy = { readonly policy: Policy; readonly fields: readonly PlacedField[] }

export function readPolicy(root: Cursor, id: string, training: Training): ReadPolicy {
  root.onlyKeys(keys)
  const parties = readParties(root)
  const subjects = readSubjects(root)
  const purposes = readPurposes(root, subjects)
  const values = readValues(root)
  const retention = readRetention(root, values)
  const fields = readFields(root, { subjects, purposes, retention })
  const regions = readRegions(root)
  const editionPlace = root.need('edition', 'year and month, such as "2025-06"')
  const edition = editionPlace.text()
  if (edition !== '' && !/^\d{4}-(0[1-9]|1[0-2])$/.test(edition))
    editionPlace.report('value-kind', 'Write the edition as year and month, such as "2025-06".')
  for (const { field, place } of fields) {
    if (field.sensitivity !== 'health' && field.sensitivity !== 'free-text') continue
    const open = field.purposes.filter((code) => purposes.some((purpose) => purpose.code === code && purpose.article9 === undefined))
    if (open.length > 0) {
      place.report(
        'condition-missing',
        `"${field.name}" can say something about health, so each of its purposes needs an Article 9 condition. Write article9: for ${open.join(', ')}.`,
      )
    }
  }
  const policy: Policy = {
    id,
    title: root.need('title', 'the title of the notice').text(),
    edition,
    editionOn: root.need('editionOn', 'the day from which it applies').day(),
    operator: readOperator(root, parties),
    about: root.need('about', 'a few sentences').texts(),
    parties,
    subjects,
    purposes,
    fields: fields.map(({ field }) => field),
    roleRules: readRoleRules(root, purposes),
    gates: readGates(root),
    retention,
    rights: readRights(root),
    regions,
    recipients: readRecipients(root, regions),
    ...readContacts(root),
    regulator: readRegulator(root),
    freeMailDomains: root.need('freeMailDomains', 'a list of domains where anybody can have a mailbox').texts(),
    security: readSecurity(root),
    reports: readReports(root),
    terms: readTermsOfUse(root),
    training,
    values,
    changes: readChanges(root, edition),
  }
  return { policy, fields }
}
