// Places outside the policy's regions stop the start before anything is opened.
import { tmpdir } from 'node:os'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { programmeAfter } from '../test/changed-programme.ts'
import { makeRoot } from '../test/root.ts'
import { readEnvironment } from './env.ts'
import { openFaultLog } from './fault-log.ts'
import { openAttune } from './open-attune.ts'
import { openBackups } from './open-backups.ts'

const home = path.join(tmpdir(), 'attune-test-home-unused')
const clock = { now: () => new Date('2025-11-21T10:00:00Z') }
const programme = programmeAfter()
const admin = { attune: {}, accounts: {}, keyring: {} } as never
const kms = { ATTUNE_KMS: 'aws', ATTUNE_KMS_KEY_ID: 'a', ATTUNE_KMS_SECRET: 'b' }
const s3 = { ATTUNE_OFFSITE: 's3://copies/attune', ATTUNE_S3_KEY_ID: 'a', ATTUNE_S3_SECRET: 'b' }

describe('DCS-059: what this server is set to use outside', () => {
  it('a service that keeps the keys in a region that the policy does not name stops the start, before a database is opened', async () => {
    const environment = readEnvironment({ ATTUNE_HOME: home, ...kms, ATTUNE_KMS_REGION: 'us-east-1' })
    const faults = openFaultLog(() => {}, clock.now)
    const opening = openAttune({ environment, admin, root: makeRoot(), programme, clock, faults, version: '0', loginPassword: 'none' })
    await expect(opening).rejects.toThrow(
      /^ATTUNE_KMS_REGION: The policy rule "regions" keeps data in eu-west-1 \(Ireland.*The service that keeps the keys is set to "us-east-1", so it must not start\.$/,
    )
  })

  it('a store for backups in such a region stops the start; one in Ireland does not', async () => {
    const open = (region: string) => {
      const environment = readEnvironment({ ATTUNE_HOME: home, ...s3, ATTUNE_S3_REGION: region })
      return openBackups({ environment, policy: programme.policy, admin, loginPassword: 'none', clock, mode: 'real' })
    }
    await expect(open('us-east-1')).rejects.toThrow(
      /^s3:\/\/copies\/attune: The policy rule "regions".*The store for backups is set to "us-east-1", so it must not start\.$/,
    )
    await expect(open('eu-west-1')).resolves.toMatchObject({ storages: { offsite: expect.anything() } })
  })

  it('a recipient in such a region, named in policy.yaml, keeps the programme shut, with the line and the way out', () => {
    expect(() => programmeAfter(['    region: eu-west-1\n    what: Holds the weekly', '    region: us-east-1\n    what: Holds the weekly'])).toThrow(
      /policy\.yaml:\d+.*The regions of this policy do not include "us-east-1"\. Add it under regions, or choose another place\./,
    )
  })
})
