import type { CopyKey, DeviceCertificate } from '@attune/contract'
import { beforeAll, describe, expect, it } from 'vitest'
import type { ProgressCopy, ProgressSession } from './progress-copy.ts'
import { mergeSessions, parseProgressCopy } from './progress-copy.ts'
import { checkCopy, newDeviceKey, signCopy, type CopyKeys, type SignedCopy } from './signing.ts'

const curve = { name: 'ECDSA', namedCurve: 'P-256' } as const
const toText = (bytes: ArrayBuffer) => Buffer.from(bytes).toString('base64url')

/** What the server does: one key per year, and its word on a device's key. */
async function newAuthority(keyId: string) {
  const pair = await crypto.subtle.generateKey(curve, true, ['sign', 'verify'])
  const { x = '', y = '' } = await crypto.subtle.exportKey('jwk', pair.publicKey)
  const key: CopyKey = { keyId, x, y }
  return {
    key,
    async certify(more: Partial<DeviceCertificate> = {}): Promise<CopyKeys> {
      const { privateKey, ...point } = await newDeviceKey()
      const text = JSON.stringify({
        format: 'attune-device-key-1',
        programmeId: 'vig-dcs',
        serviceId: 'north',
        keyId,
        until: '2027-11-27',
        ...point,
        ...more,
      })
      const signature = await crypto.subtle.sign({ name: 'ECDSA', hash: 'SHA-256' }, pair.privateKey, new TextEncoder().encode(text))
      return { privateKey, certificate: { text, signature: toText(signature) }, keys: [key] }
    },
  }
}

const session: ProgressSession = {
  sessionId: 's1',
  sessionOn: '2026-11-02',
  sessionNo: 1,
  timePoint: 'before',
  formVersion: '2025-06.1',
  edition: '2025-06',
  goals: [{ no: 1, wording: 'Enjoy bath time', rating: 4 }],
  scores: { 'phq-9': { total: 14 } },
  carried: { age_group: '2-4' },
}
const copy: ProgressCopy = {
  programmeId: 'vig-dcs',
  formId: 'client-session',
  code: 'K7M42XQ9PD',
  codeSource: 'form',
  madeOn: '2026-11-02',
  sessions: [session],
}

let authority: Awaited<ReturnType<typeof newAuthority>>
let mine: CopyKeys
let colleague: CopyKeys
beforeAll(async () => {
  authority = await newAuthority('2026')
  ;[mine, colleague] = [await authority.certify(), await authority.certify()]
})

const signedBy = async (keys: CopyKeys, more: Partial<ProgressCopy> = {}) => JSON.stringify(await signCopy({ ...copy, ...more }, keys))
const refusal = async (json: string, code?: string) => {
  const verdict = await checkCopy(json, mine, code)
  return 'refused' in verdict ? verdict.refused : 'accepted'
}

describe('a saved copy that is opened again', () => {
  it('is read as it was saved, on this device and on a colleague’s of the same service', async () => {
    expect(await checkCopy(await signedBy(mine), mine)).toEqual({ copy })
    expect(await checkCopy(await signedBy(mine), colleague, 'K7M42XQ9PD')).toEqual({ copy })
  })

  it('is refused when one figure of it was changed, or its signature, or its certificate', async () => {
    const whole = JSON.parse(await signedBy(mine)) as SignedCopy
    const changed = (more: Partial<SignedCopy>) => refusal(JSON.stringify({ ...whole, ...more }))
    expect(await changed({})).toBe('accepted')
    expect(await changed({ copy: whole.copy.replace('"rating":4', '"rating":9') })).toBe('changed')
    expect(await changed({ copy: `${whole.copy} ` })).toBe('changed')
    expect(await changed({ signature: `${whole.signature.slice(0, -4)}AAAA` })).toBe('changed')
    const { text, signature } = whole.certificate
    expect(await changed({ certificate: { text: text.replace('2027', '2037'), signature } })).toBe('unknown-key')
    expect(await changed({ certificate: colleague.certificate })).toBe('changed')
    expect(await refusal('{"format":"attune-progress-1","copy":')).toBe('changed')
  })

  it('is refused when somebody made a key of their own', async () => {
    const forger = await newAuthority('2026')
    expect(await refusal(await signedBy(await forger.certify()))).toBe('unknown-key')
    const old = await newAuthority('2019')
    expect(await refusal(await signedBy(await old.certify()))).toBe('unknown-key')
  })

  it('is refused from another service, another programme and for another client, each with its own reason', async () => {
    expect(await refusal(await signedBy(await authority.certify({ serviceId: 'south' })))).toBe('other-service')
    expect(await refusal(await signedBy(await authority.certify({ programmeId: 'kitbags' })))).toBe('other-programme')
    expect(await refusal(await signedBy(mine, { programmeId: 'kitbags' }))).toBe('other-programme')
    expect(await refusal(await signedBy(mine), 'Q9PD2M4K7X')).toBe('other-client')
  })

  it('is refused when its device signed longer than it was vouched for', async () => {
    expect(await refusal(await signedBy(mine, { madeOn: '2027-11-27' }))).toBe('accepted')
    expect(await refusal(await signedBy(mine, { madeOn: '2027-11-28' }))).toBe('expired')
  })

  it('of a newer Attune, or of something else altogether, says so', async () => {
    expect(await refusal(JSON.stringify({ format: 'attune-progress-2' }))).toBe('newer')
    expect(await refusal(JSON.stringify({ format: 'factur-x' }))).toBe('not-a-copy')
    expect(await refusal('[1, 2]')).toBe('not-a-copy')
    expect(await refusal(await signedBy(mine, { sessions: [] }))).toBe('newer')
  })
})

describe('the sessions of several copies', () => {
  const later: ProgressSession = { ...session, sessionId: 's2', sessionOn: '2026-11-20', sessionNo: 2 }

  it('are one row, the oldest first, each once; what was saved later counts', () => {
    const corrected = { ...session, scores: { 'phq-9': { total: 13 } } }
    expect(mergeSessions([later], [session], [corrected, later])).toEqual([corrected, later])
  })

  it('are read only as what they are', () => {
    expect(parseProgressCopy(copy)).toEqual(copy)
    for (const wrong of [
      { ...copy, sessions: [{ ...session, sessionOn: '2 November' }] },
      { ...copy, sessions: [{ ...session, scores: { 'phq-9': { total: '14' } } }] },
      { ...copy, sessions: [{ ...session, goals: [{ no: 1, wording: 4, rating: 4 }] }] },
      { ...copy, code: '' },
      { ...copy, codeSource: 'guess' },
      null,
      [copy],
    ])
      expect(parseProgressCopy(wrong)).toBeUndefined()
  })
})
