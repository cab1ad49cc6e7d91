// The outbox's front door: finished forms on their way to the server.
import {
  discardLetter,
  exportSealed,
  onArrival,
  outboxState,
  queueFinished,
  refreshOutbox,
  reopenLetter,
  sendWaiting,
  watchOutbox,
} from './outbox.ts'

export type { Finished } from './outbox.ts'
export type { KeptReceipt, LetterSummary, Parked } from './letter.ts'
export { isWorthAnotherTry } from './letter.ts'

export const outbox = {
  state: outboxState,
  queue: queueFinished,
  send: sendWaiting,
  reopen: reopenLetter,
  discard: discardLetter,
  exportSealed,
  onArrival,
  refresh: refreshOutbox,
  watch: watchOutbox,
}
