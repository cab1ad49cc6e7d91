import type { Generated } from 'kysely'

export type Assurance = 'password' | 'second-factor'
export type FactorKind = 'totp' | 'passkey' | 'recovery' | 'demo' | 'provider'

/** The tables of the accounts database as Kysely sees them. */
export type AccountsTables = {
  'accounts.accounts': {
    account_id: string
    email_hash: Buffer
    sealed: Buffer
    password_hash: string | null
    password_at: Date | null
    demo_person: string | null
    disabled_at: Date | null
    made_at: Date
    notice_edition: Generated<string | null>
    notice_at: Generated<Date | null>
  }
  'accounts.totp_factors': {
    account_id: string
    sealed_secret: Buffer | null
    confirmed_at: Date | null
    sealed_pending: Buffer | null
    last_step: Generated<number>
    begun_at: Date | null
  }
  'accounts.recovery_codes': { account_id: string; digest: Buffer; used_at: Date | null }
  'accounts.passkeys': {
    credential_id: string
    account_id: string
    public_key: Buffer
    counter: number
    transports: string[]
    name_sealed: Buffer
    made_at: Date
    used_at: Date | null
  }
  'accounts.challenges': { challenge_id: string; kind: 'sign-in' | 'enrol'; account_id: string | null; challenge: string; ends_at: Date }
  'accounts.provider_links': { account_id: string; subject_digest: Buffer; made_at: Date; used_at: Date | null }
  'accounts.provider_visits': { digest: Buffer; sealed: Buffer; ends_at: Date }
  'accounts.sessions': {
    digest: Buffer
    account_id: string
    assurance: Assurance
    factor: FactorKind | null
    grant_id: string | null
    grant_service: string | null
    begun_at: Date
    confirmed_at: Date
    seen_at: Date
    ends_at: Date
  }
  'accounts.invitations': {
    invitation_id: string
    token_digest: Buffer
    email_hash: Buffer
    sealed_email: Buffer
    role: string
    service_id: string
    invited_by: string | null
    made_at: Date
    ends_at: Date
    used_at: Date | null
    revoked_at: Date | null
  }
  'accounts.nominations': {
    nomination_id: string
    service_id: string
    email_hash: Buffer
    sealed: Buffer
    nominated_by: string
    nominated_at: Date
    account_id: string | null
    grant_id: string | null
    given_at: Date | null
  }
  'accounts.device_tokens': {
    device_id: string
    digest: Buffer
    account_id: string
    grant_id: string
    grant_service: string
    name_sealed: Buffer
    made_at: Date
    ends_at: Date
    used_on: string | null
    ended_at: Date | null
    scope: Generated<'collect' | 'read' | 'analyse'>
  }
  'accounts.tries': { door: string; subject: Buffer; window_start: Date; count: number }
  'accounts.outbox': { letter_id: string; sealed: Buffer; written_at: Date; sent_at: Date | null; tries: Generated<number>; try_at: Date | null }
}
