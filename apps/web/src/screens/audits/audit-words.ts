import type { AuditView } from '@attune/contract'
import { say } from '../../messages/index.ts'

/** "2025-Q3" as people say it. */
export function sayQuarter(quarter: string): string {
  const [year = '', number = '1'] = quarter.split('-Q')
  return say('audits.quarter', { months: say(`audits.months.${number as '1' | '2' | '3' | '4'}`), year })
}

export const stateTags: { readonly [state in AuditView['state']]: string } = {
  scanning: 'govuk-tag--grey',
  open: 'govuk-tag--blue',
  overdue: 'govuk-tag--red',
  closed: 'govuk-tag--green',
}

export type TrendRow = {
  readonly serviceId: string
  readonly serviceName: string
  /** In the order of the quarters; undefined where the service had no record. */
  readonly cells: readonly ({ readonly auditId: string; readonly findings: number; readonly texts: number } | undefined)[]
}

/** Findings of each service by quarter, oldest first, over the last quarters. */
export function toTrend(audits: readonly AuditView[], most = 6): { readonly quarters: readonly string[]; readonly rows: readonly TrendRow[] } {
  const shown = [...audits].sort((a, b) => (a.quarter < b.quarter ? -1 : 1)).slice(-most)
  const names = new Map(shown.flatMap((audit) => audit.services.map((service) => [service.serviceId, service.serviceName] as const)))
  const rows = [...names].map(([serviceId, serviceName]) => ({
    serviceId,
    serviceName,
    cells: shown.map(({ auditId, services }) => {
      const service = services.find((one) => one.serviceId === serviceId)
      return service && { auditId, findings: service.findings, texts: service.texts }
    }),
  }))
  return { quarters: shown.map((audit) => audit.quarter), rows: rows.sort((a, b) => a.serviceName.localeCompare(b.serviceName)) }
}
