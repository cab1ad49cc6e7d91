// The redacting door for faults: what is written about an error never repeats what people typed. Messages of errors may quote values (a
// database error does), so only the kind, the place in our code and the database's codes are kept.
import { presentDatabaseError } from './store/postgres-errors.ts'

export type FaultLog = {
  /** Records a fault under a number that the person is shown. */
  fault: (id: string, error: unknown, where: string) => void
  /** A request that was answered; written only when such lines were asked for. */
  request: (facts: RequestFacts) => void
  /** A plain line about the server itself. */
  note: (sentence: string) => void
}

export type Fault = { id: string; where: string; name: string; database?: object; frames: string[] }

/** What may be written of a request: nothing that was typed, no address of a person or a thing, no header. */
export type RequestFacts = {
  readonly method: string
  /** The pattern of the table (`/api/records/:recordId`), never the address that was asked. */
  readonly route: string
  readonly status: number
  readonly milliseconds: number
  readonly role?: string
}

const methods = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'])

/** Takes the named facts and nothing beside them, whatever else came along. */
export function redactRequest({ method, route, status, milliseconds, role }: RequestFacts): RequestFacts {
  const known = methods.has(method) ? method : 'other'
  return { method: known, route, status, milliseconds: Math.round(milliseconds * 10) / 10, ...(role !== undefined && { role }) }
}

/** What may be written of an error. */
export function redactFault(id: string, error: unknown, where: string): Fault {
  const known = error instanceof Error ? error : new Error('not an error')
  const frames = (known.stack ?? '')
    .split('\n')
    .filter((line) => /^\s+at /.test(line))
    .slice(0, 12)
    .map((line) => line.trim())
  const database = presentDatabaseError(error)
  return { id, where, name: known.name, ...(database !== undefined && { database }), frames }
}

/** Writes one line of JSON per fault; with `requests` also one per request. */
export function openFaultLog(write: (line: string) => void, now: () => Date, requests: () => boolean = () => false): FaultLog {
  return {
    request: (facts) => {
      if (requests()) write(`${JSON.stringify({ at: now().toISOString(), request: redactRequest(facts) })}\n`)
    },
    fault: (id, error, where) => write(`${JSON.stringify({ at: now().toISOString(), ...redactFault(id, error, where) })}\n`),
    note: (sentence) => write(`${JSON.stringify({ at: now().toISOString(), note: sentence })}\n`),
  }
}
