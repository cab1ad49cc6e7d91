// Letters that wait in the outbox: what a demo, and an installation without a mail server, shows instead of sending.
import { Type, type Static } from 'typebox'
import { closed, Instant } from './words.ts'

export const WaitingLetter = closed({ to: Type.String(), subject: Type.String(), text: Type.String(), writtenAt: Instant })
export type WaitingLetter = Static<typeof WaitingLetter>
export const OutboxPage = closed({ letters: Type.Array(WaitingLetter), sending: Type.Boolean({ description: 'whether a mail server is set' }) })
export type OutboxPage = Static<typeof OutboxPage>
