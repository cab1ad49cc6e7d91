// A release never changes, so what is shown of it is worked out once: statistics of a large sample take longer than everything else in a report.
import type { Report } from '@attune/contract'

const most = 500
const remembered = new WeakMap<object, Map<string, Report>>()

/** The report under this name, made when it is asked for the first time. `owner` is what it is forgotten with. */
export function rememberReport(owner: object, name: string, make: () => Report): Report {
  let reports = remembered.get(owner)
  if (reports === undefined) remembered.set(owner, (reports = new Map()))
  let report = reports.get(name)
  if (report === undefined) {
    report = make()
    const oldest = reports.size >= most ? reports.keys().next().value : undefined
    if (oldest !== undefined) reports.delete(oldest)
    reports.set(name, report)
  }
  return report
}
