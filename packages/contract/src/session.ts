// Signing in: what the device is told about the person at it. No secret, no other person's facts.
import { Type, type Static } from 'typebox'
import { closed, Email, Instant, RoleName, ServiceId, Uuid } from './words.ts'

export const Grant = closed({ grantId: Uuid, role: RoleName, serviceId: ServiceId, serviceName: Type.String() })
export type Grant = Static<typeof Grant>

export const assurances = ['password', 'second-factor'] as const
export const SessionView = closed({
  accountId: Uuid,
  displayName: Type.String(),
  email: Email,
  assurance: Type.Enum([...assurances], { description: 'only "second-factor" reaches anything but enrolment' }),
  factors: closed({
    totp: Type.Boolean(),
    passkeys: Type.Integer(),
    recoveryCodesLeft: Type.Integer(),
    provider: Type.Boolean({ description: 'the account is connected to the sign-in of an organisation' }),
  }),
  grants: Type.Array(Grant),
  /** The grant this session acts under. */
  grantId: Type.Union([Uuid, Type.Null()]),
  endsAt: Instant,
  demo: Type.Boolean(),
})
export type SessionView = Static<typeof SessionView>

export const SignIn = closed({ email: Email, password: Type.String({ minLength: 1, maxLength: 512 }) })
export type SignIn = Static<typeof SignIn>
export const CodeEntry = closed({ code: Type.String({ pattern: '^[0-9 ]{6,9}$' }) })
export const RecoveryEntry = closed({ code: Type.String({ minLength: 20, maxLength: 60 }) })
export const GrantChoice = closed({ grantId: Uuid })
/** WebAuthn JSON as browsers and @simplewebauthn exchange it; its inside is checked by that library. */
export const WebAuthnJson = Type.Object({}, { additionalProperties: true })
export const PasskeyReply = closed({ challengeId: Uuid, response: WebAuthnJson })
export const PasskeyOptions = closed({ challengeId: Uuid, options: WebAuthnJson })
export const PasskeyNew = closed({ challengeId: Uuid, response: WebAuthnJson, name: Type.String({ maxLength: 60 }) })
export const TotpStart = closed({ secret: Type.String(), uri: Type.String() })
export const RecoveryCodes = closed({ recoveryCodes: Type.Array(Type.String()) })

export const InvitationToken = closed({ token: Type.String({ minLength: 20, maxLength: 100 }) })
export const InvitationView = closed({ email: Email, role: RoleName, serviceName: Type.String(), endsAt: Instant })
export const InvitationAccept = closed({
  token: Type.String({ minLength: 20, maxLength: 100 }),
  displayName: Type.String({ minLength: 1, maxLength: 120 }),
  noticeRead: Type.String({ maxLength: 40, description: 'the edition of the notice about accounts that the person says to have read' }),
  password: Type.Optional(Type.String({ maxLength: 512 })),
})
export type InvitationAccept = Static<typeof InvitationAccept>

export const DemoPerson = closed({
  personId: Type.String(),
  displayName: Type.String(),
  role: RoleName,
  serviceName: Type.String(),
  says: Type.String(),
})
export type DemoPerson = Static<typeof DemoPerson>
export const DemoChoice = closed({ personId: Type.String() })

/** What a visit to the sign-in of an organisation is for. */
export const visitPurposes = ['sign-in', 'confirm', 'connect', 'join'] as const
export type VisitPurpose = (typeof visitPurposes)[number]
/** A place of the web app to come back to. */
const Back = Type.String({ pattern: '^/(?![/\\\\])[^\\u0000-\\u0020]*$', maxLength: 400 })
export const VisitStart = closed({
  purpose: Type.Enum([...visitPurposes]),
  back: Type.Optional(Back),
  /** For `join`: what accepting the invitation would be sent, without a password. */
  invitation: Type.Optional(
    closed({
      token: Type.String({ minLength: 20, maxLength: 100 }),
      displayName: Type.String({ minLength: 1, maxLength: 120 }),
      noticeRead: Type.String({ maxLength: 40 }),
    }),
  ),
})
export type VisitStart = Static<typeof VisitStart>
export const VisitAddress = closed({ url: Type.String() })
export const VisitAnswer = closed({ answer: Type.String({ maxLength: 8000, description: 'the query that the person came back with' }) })
export const VisitEnd = closed({ session: SessionView, purpose: Type.Enum([...visitPurposes]), back: Type.String() })
export type VisitEnd = Static<typeof VisitEnd>
