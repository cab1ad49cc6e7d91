// What a device may ask between two sessions with a client: whether a code was seen before, and a certificate for the key that signs its copies.
import { createPublicKey, generateKeyPairSync, verify } from 'node:crypto'
import type { DeviceCertificate, DeviceKeyCertified } from '@attune/contract'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { askDatabase } from '../../test/ask-database.ts'
import { startAttune, type TestAttune } from '../../test/attune.ts'
import { newCode, readyPractitioner, sendSession } from '../../test/submission.ts'

let test: TestAttune
beforeAll(async () => {
  test = await startAttune({ services: ['north', 'south'] })
})
afterAll(() => test.stop())

const logOf = (action: string, accountId: string) =>
  askDatabase<{ outcome: string; detail: unknown }>(test, 'select outcome, detail from log.events where action = $1 and account_id = $2', [
    action,
    accountId,
  ])

describe('asking whether a code was seen before', () => {
  it('DCS-042: says yes or no for the own service and nothing else, however the code is written', async () => {
    const code = newCode()
    const [north, south] = [await readyPractitioner(test), await readyPractitioner(test, 'south')]
    expect((await sendSession(test, north, { client_code: code })).status).toBe(201)
    const spaced = `${code.slice(0, 4)} ${code.slice(4, 8)}-${code.slice(8)}`.toLowerCase()
    for (const written of [code, spaced]) expect((await north.post('/api/client-codes/seen', { code: written })).body).toEqual({ seen: true })
    expect((await north.post('/api/client-codes/seen', { code: newCode() })).body).toEqual({ seen: false })
    expect((await south.post('/api/client-codes/seen', { code })).body).toEqual({ seen: false })
    const log = await logOf('record.check-code', north.accountId)
    expect(log.map(({ detail }) => detail)).toEqual([{ seen: true }, { seen: true }, { seen: false }])
    expect(JSON.stringify(log)).not.toContain(code)
  })

  it('stops somebody who tries codes one after the other, and lets them ask again an hour later', async () => {
    const practitioner = await readyPractitioner(test)
    const { clientCodeChecksMaximum } = test.attune.programme.policy.values
    const ask = () => practitioner.post('/api/client-codes/seen', { code: newCode() })
    for (let time = 0; time < clientCodeChecksMaximum; time++) expect((await ask()).status).toBe(200)
    const refused = await ask()
    expect([refused.status, refused.body.code]).toEqual([429, 'too-many-tries'])
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(3000)
    // A session ends when nothing is asked for half an hour.
    for (let time = 0; time < 3; time++) {
      test.clock.pass(21 * 60_000)
      await practitioner.get('/api/session')
    }
    expect((await ask()).status).toBe(200)
  })
})

describe('the key with which a device signs copies', () => {
  const newKey = () => {
    const { x = '', y = '' } = generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey.export({ format: 'jwk' })
    return { x, y }
  }
  const isSigned = ({ certificate, keys }: DeviceKeyCertified, keyId: string) => {
    const { x, y } = keys.find((key) => key.keyId === keyId) ?? { x: '', y: '' }
    const key = createPublicKey({ key: { kty: 'EC', crv: 'P-256', x, y }, format: 'jwk' })
    return verify('sha256', Buffer.from(certificate.text), { key, dsaEncoding: 'ieee-p1363' }, Buffer.from(certificate.signature, 'base64url'))
  }

  it('is certified for the practitioner’s service and for a year, names nobody, and is logged', async () => {
    test.clock.set('2026-11-27T10:00:00Z')
    const practitioner = await readyPractitioner(test)
    const key = newKey()
    const { status, body, text } = await practitioner.post('/api/progress-keys', key)
    expect(status).toBe(200)
    const certificate = JSON.parse(body.certificate.text) as DeviceCertificate
    expect(certificate).toEqual({
      format: 'attune-device-key-1',
      programmeId: 'vig-dcs',
      serviceId: 'north',
      keyId: '2026',
      ...key,
      until: '2027-11-27',
    })
    expect(isSigned(body, '2026')).toBe(true)
    expect(isSigned(body, '2025')).toBe(false)
    expect(text).not.toContain(practitioner.accountId)
    expect((await logOf('progress-key.certify', practitioner.accountId)).map(({ outcome }) => outcome)).toEqual(['done'])
  })

  it('changes by the year; the keys of the years before stay known while their copies count, and come back the same', async () => {
    const certified = async (at: string): Promise<DeviceKeyCertified> => {
      test.clock.set(at)
      return (await (await readyPractitioner(test)).post('/api/progress-keys', newKey())).body
    }
    const before = await certified('2026-11-27T10:00:00Z')
    const after = await certified('2027-02-01T10:00:00Z')
    expect((JSON.parse(after.certificate.text) as DeviceCertificate).keyId).toBe('2027')
    expect(after.keys.find(({ keyId }) => keyId === '2026')).toEqual(before.keys.find(({ keyId }) => keyId === '2026'))
    expect(new Set(after.keys.map(({ x }) => x)).size).toBe(after.keys.length)
    expect(after.keys.map(({ keyId }) => keyId)).toEqual(['2027', '2026', '2025', '2024', '2023', '2022'])
  })

  it('is refused when it is no point of the curve', async () => {
    const practitioner = await readyPractitioner(test)
    const refused = await practitioner.post('/api/progress-keys', { ...newKey(), x: 'A'.repeat(43) })
    expect([refused.status, refused.body.code]).toEqual([400, 'request-invalid'])
  })
})
