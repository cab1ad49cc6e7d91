import type { PortableBundle } from '@attune/contract'
import { expect, it } from 'vitest'
import { unzip } from '../../test/unzip.ts'
import { packBundle } from './portable-package.ts'

it('no cell of a portable package is a formula; the words as written are in its JSON (ASVS 1.2.10)', async () => {
  const dangerous = '=HYPERLINK("http://evil.example","x")'
  const bundle = {
    programme: 'vig-dcs',
    service: { serviceId: 'north', name: 'North' },
    madeAt: '2026-01-01T00:00:00.000Z',
    fields: [{ form: 'client-session', version: '1', name: 'goal_1', question: '+1', kind: 'text', choices: [{ name: '@a', label: '-b' }] }],
    clients: [{ code: 'AAAA', sessions: [{ sessionOn: '2026-01-01', recordId: 'r', answers: { goal_1: dangerous } }] }],
  } as unknown as PortableBundle
  const files = unzip(await packBundle(bundle, new Date()))
  const cells = ['sessions.csv', 'fields.csv'].flatMap((name) =>
    files
      .get(name)!
      .toString('utf8')
      .match(/"(?:[^"]|"")*"/g)!,
  )
  expect(cells).toContain(`"'${dangerous.replaceAll('"', '""')}"`)
  expect(cells.filter((cell) => /^"[\s]*[=+\-@]/.test(cell))).toEqual([])
  expect(JSON.parse(files.get('data.json')!.toString('utf8')).clients[0].sessions[0].answers.goal_1).toBe(dangerous)
})
