import { describe, expect, it } from 'vitest'
import { openFaultLog, redactFault, type RequestFacts } from './fault-log.ts'

class DatabaseError extends Error {
  code = '22P02'
  routine = 'pg_strtoint32_safe'
  table = 'records'
  detail = 'Failing row contains (Mina Jones).'
}

const planted = 'Mina Jones, born 3 May'

describe('a fault', () => {
  it.each([
    ['an error that quotes what was typed', new TypeError(planted)],
    ['a database error', new DatabaseError(`invalid input syntax for type integer: "${planted}"`)],
    ['an error with a cause', new Error('outer', { cause: new Error(planted) })],
    ['a text', planted],
    ['an object', { message: planted, answers: { name: planted } }],
    ['an error whose stack repeats its words over several lines', new Error(`first line\n${planted}\nthird line`)],
  ])('is written without its words: %s', (_what, error) => {
    const lines: string[] = []
    openFaultLog(
      (line) => lines.push(line),
      () => new Date(0),
    ).fault('number', error, 'POST /api/x')
    expect(lines.join()).not.toMatch(/Mina|Jones|May/)
    expect(JSON.parse(lines[0]!)).toMatchObject({ id: 'number', where: 'POST /api/x' })
  })

  it('keeps what finds the place: the kind, the database’s code, our lines', () => {
    expect(redactFault('n', new DatabaseError('x'), 'here')).toMatchObject({
      database: { code: '22P02', table: 'records', routine: 'pg_strtoint32_safe' },
      frames: expect.arrayContaining([expect.stringContaining('fault-log.test.ts')]),
    })
  })
})

describe('a line about a request', () => {
  const facts = { method: 'GET', route: '/api/records/:recordId', status: 200, milliseconds: 12.345, role: 'data-support' }
  const lineOf = (given: object, wanted = true) => {
    const lines: string[] = []
    openFaultLog(
      (line) => lines.push(line),
      () => new Date(0),
      () => wanted,
    ).request(given as RequestFacts)
    return lines.join('')
  }
  const at = '"at":"1970-01-01T00:00:00.000Z"'

  // What comes in, and exactly what is written of it.
  it.each([
    [facts, `{${at},"request":{"method":"GET","route":"/api/records/:recordId","status":200,"milliseconds":12.3,"role":"data-support"}}`],
    [
      { ...facts, role: undefined, status: 404, route: 'unknown' },
      `{${at},"request":{"method":"GET","route":"unknown","status":404,"milliseconds":12.3}}`,
    ],
    [
      { ...facts, url: '/api/records?code=ABCD&token=secret', headers: { cookie: 'attune=secret', authorization: 'Basic c2VjcmV0' } },
      `{${at},"request":{"method":"GET","route":"/api/records/:recordId","status":200,"milliseconds":12.3,"role":"data-support"}}`,
    ],
    [
      { ...facts, ip: '203.0.113.7', accountId: 'b1946ac9', body: { narrative_child: planted } },
      `{${at},"request":{"method":"GET","route":"/api/records/:recordId","status":200,"milliseconds":12.3,"role":"data-support"}}`,
    ],
    [
      { ...facts, method: `${planted}\r\n{"forged":1}` },
      `{${at},"request":{"method":"other","route":"/api/records/:recordId","status":200,"milliseconds":12.3,"role":"data-support"}}`,
    ],
  ])('of %j is %s (ASVS 14.2.1, 16.2.5)', (given, line) => {
    expect(lineOf(given)).toBe(`${line}\n`)
  })

  it('is written only when it was asked for', () => {
    expect(lineOf(facts, false)).toBe('')
  })
})
