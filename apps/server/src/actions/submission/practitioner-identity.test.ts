// Where a practitioner's identity is written down, read from the source: a third place would be a third capture point, and no reply of the API shows it.
import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, it } from 'vitest'

const src = path.resolve(import.meta.dirname, '../..')
const callers = (call: RegExp) =>
  readdirSync(src, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
    .filter((file) => call.test(readFileSync(path.join(src, file), 'utf8').replaceAll(/export function \w+\(/g, '')))
    .map((file) => file.replaceAll(path.sep, '/'))
    .sort()

it('DCS-096: a practitioner’s identity is written by the consent form and by the stamp on a client form, and by no other route; a move to another service carries it along', () => {
  expect(callers(/\bsealPractitioner\(/)).toEqual(['actions/submission/sign-consent.ts'])
  expect(callers(/sealIdentity\(authorPlace\(/)).toEqual(['actions/submission/seal-record.ts'])
  expect(callers(/sealIdentity\(practitionerPlace\(/)).toEqual(['store/practitioners.ts'])
  expect(callers(/insertInto\('identity\.(practitioners|record_authors)'\)/)).toEqual(['store/practitioners.ts', 'store/rights/move-client-rows.ts'])
})
