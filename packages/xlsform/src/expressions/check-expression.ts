import type { IssueList, Place } from '../issues.ts'
import { findArgumentCount } from './functions.ts'
import { parseXPath } from './parse-xpath.ts'
import { parseReferences } from './references.ts'

/** Reports what would keep the form from opening: an expression nobody can read, an unknown function, the wrong number of arguments. */
export function checkExpression(text: string, place: Place, { report }: IssueList): void {
  // A broken reference is reported as such; the rest cannot be read with it.
  if (parseReferences(text).isBroken) return
  const parse = parseXPath(text)
  if (!parse.ok) {
    report('expression-unreadable', place, { near: text.slice(parse.at, parse.at + 30), text: text.length > 120 ? `${text.slice(0, 120)}…` : text })
    return
  }
  for (const call of parse.calls) {
    const count = findArgumentCount(call.name)
    if (count === undefined) report('function-unknown', place, { name: call.name })
    else if (call.arguments < count[0] || call.arguments > count[1])
      report('function-arguments', place, { name: call.name, given: call.arguments, wanted: toRange(count) })
  }
}

function toRange([fewest, most]: readonly [number, number]): string {
  if (fewest === most) return String(fewest)
  return most === Number.POSITIVE_INFINITY ? `${fewest} or more` : `${fewest} to ${most}`
}
