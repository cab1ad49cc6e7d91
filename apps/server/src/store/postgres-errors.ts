// What PostgreSQL's refusals mean to us, in one place. https://www.postgresql.org/docs/current/errcodes-appendix.html
import { Problem } from '../problems.ts'

type DatabaseError = Error & { code?: string; constraint?: string; table?: string; routine?: string }

// Connection lost or refused, server shutting down or starting, too many connections, disk full.
const away = /^(08...|57P0[1-5]|53[1-3]00|ECONNREFUSED|ECONNRESET|ENOENT|EPIPE|ETIMEDOUT|EACCES)$/
const awayWords =
  /Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error|not queryable|Cannot use a pool after/i

/** A row of this key exists already. Give the constraint's name to be exact. */
export function isUniqueViolation(error: unknown, constraint?: string): boolean {
  const { code, constraint: broken } = (error ?? {}) as DatabaseError
  return code === '23505' && (constraint === undefined || constraint === broken)
}

/** Row security or a missing right stopped the statement. */
export function isRowRefused(error: unknown): boolean {
  return (error as DatabaseError | undefined)?.code === '42501'
}

/** Another transaction was in the way: the same work may be tried again. */
export function isWorthAnotherTry(error: unknown): boolean {
  return ['40001', '40P01'].includes((error as DatabaseError | undefined)?.code ?? '')
}

/** A database that does not answer becomes a Problem, and so does a code that was erased (migrations/attune); anything else comes back as it was. */
export function translateDatabaseError(error: unknown): unknown {
  if (!(error instanceof Error) || error instanceof Problem) return error
  const { code } = error as DatabaseError
  if (code === 'AT001') return new Problem('client-erased')
  if (code !== undefined ? away.test(code) : awayWords.test(error.message)) return new Problem('database-away')
  return error
}

/** What may be logged of a database error: never its message or detail, which repeat the values that people sent. */
export function presentDatabaseError(error: unknown): { code?: string; constraint?: string; table?: string; routine?: string } | undefined {
  const { code, constraint, table, routine } = (error ?? {}) as DatabaseError
  if (code === undefined || routine === undefined) return undefined
  return { code, routine, ...(constraint !== undefined && { constraint }), ...(table !== undefined && { table }) }
}
