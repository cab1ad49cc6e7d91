// What a saved copy carries from one session to the next, for machines: codes and numbers, the goals in the client's words, nothing about who
// anybody is. It lies in the PDF as an attachment; the server never sees it and never gives such a thing out.

/** One session as the next one needs it. */
export type ProgressSession = {
  /** A random number of its own, so that the same session met twice counts once. It is no number of the server's. */
  readonly sessionId: string
  /** A day, YYYY-MM-DD. */
  readonly sessionOn: string
  readonly sessionNo: number
  readonly timePoint: string
  readonly formVersion: string
  /** Edition of the notice under which it was taken. */
  readonly edition: string
  readonly goals: readonly { readonly no: number; readonly wording: string; readonly rating: number | null }[]
  /** Scale id, then score id, then points. */
  readonly scores: { readonly [scale: string]: { readonly [score: string]: number } }
  /** Question name to answer, for the questions that the programme carries over. */
  readonly carried: { readonly [question: string]: string }
  /** What the client said in words, by question name, so that then and now can stand side by side. Copies of older versions have none. */
  readonly words?: { readonly [question: string]: string }
}

/** Everything known on the device about one client's way so far. The last session is the newest. */
export type ProgressCopy = {
  readonly programmeId: string
  readonly formId: string
  readonly code: string
  readonly codeSource: 'service' | 'form'
  /** The day on which it was saved. */
  readonly madeOn: string
  readonly sessions: readonly ProgressSession[]
}

export const attachmentName = 'attune-progress.json'
/** The attachment of a copy; a hundred sessions need a tenth of it. */
export const attachmentLimitBytes = 1024 * 1024

const sessionsMost = 200
/** What a copy carries of one text; the whole of it is printed in the PDF. */
export const wordsLimit = 4000
const day = /^\d{4}-\d{2}-\d{2}$/

/** Reads a copy, or undefined when it is not one. What was signed is still looked at: a fault of ours must not break a form. */
export function parseProgressCopy(value: unknown): ProgressCopy | undefined {
  if (!isRecord(value)) return undefined
  const { programmeId, formId, code, codeSource, madeOn, sessions } = value
  if (!isText(programmeId) || !isText(formId) || !isText(code) || code === '' || !isDay(madeOn)) return undefined
  if (codeSource !== 'service' && codeSource !== 'form') return undefined
  if (!Array.isArray(sessions) || sessions.length === 0 || sessions.length > sessionsMost) return undefined
  const read = sessions.map(parseSession).filter((session) => session !== undefined)
  return read.length === sessions.length ? { programmeId, formId, code, codeSource, madeOn, sessions: read } : undefined
}

export function parseSession(value: unknown): ProgressSession | undefined {
  if (!isRecord(value)) return undefined
  const { sessionId, sessionOn, sessionNo, timePoint, formVersion, edition, goals, scores, carried, words } = value
  if (!isText(sessionId) || !isDay(sessionOn) || !isText(timePoint) || !isText(formVersion) || !isText(edition)) return undefined
  if (typeof sessionNo !== 'number' || !Number.isInteger(sessionNo)) return undefined
  if (!Array.isArray(goals) || goals.length > 20 || !goals.every(isGoal)) return undefined
  if (!isRecord(scores) || !Object.values(scores).every((one) => isRecord(one) && Object.values(one).every(isPoints))) return undefined
  if (!isRecord(carried) || !Object.values(carried).every(isText)) return undefined
  if (words !== undefined && (!isRecord(words) || !Object.values(words).every(isSaid))) return undefined
  return value as ProgressSession
}

/** Sessions of several copies as one row: each once, the oldest first. Of one met twice the later copy's counts. */
export function mergeSessions(...rows: readonly (readonly ProgressSession[])[]): ProgressSession[] {
  const byId = new Map<string, ProgressSession>()
  for (const session of rows.flat()) byId.set(session.sessionId, session)
  return [...byId.values()].sort((a, b) => (a.sessionOn === b.sessionOn ? a.sessionNo - b.sessionNo : a.sessionOn < b.sessionOn ? -1 : 1))
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value)
const isText = (value: unknown): value is string => typeof value === 'string' && value.length <= 2000
const isSaid = (value: unknown): value is string => typeof value === 'string' && value.length <= wordsLimit
const isDay = (value: unknown): value is string => typeof value === 'string' && day.test(value)
const isPoints = (value: unknown): value is number => typeof value === 'number' && Number.isFinite(value)
const isGoal = (value: unknown): boolean =>
  isRecord(value) && isPoints(value['no']) && isText(value['wording']) && (value['rating'] === null || isPoints(value['rating']))
