// A report of a service in which nothing is hidden, for tests to change.
import type { Report } from '@attune/contract'

const shown = (value: number) => ({ hidden: false as const, value })

export const plainReport: Report = {
  scope: 'service',
  title: 'North',
  period: { from: '2026-Q1', until: '2026-Q3', closed: true },
  ageGroup: null,
  mode: null,
  withSupport: null,
  timePoints: 'before-after',
  released: { on: '2026-10-15', hash: 'abc', notice: '' },
  periods: ['2026-Q1', '2026-Q2', '2026-Q3'],
  clients: shown(50),
  sessions: shown(145),
  complete: shown(40),
  incomplete: shown(10),
  completion: { hidden: false, value: 80, low: 67, high: 89 },
  practitioners: { active: 4, trained: 4 },
  helped: [],
  modes: [],
  support: [],
  ageGroups: [{ ageGroup: '0-2', count: shown(20) }],
  measures: [],
  madeFor: null,
  sample: null,
  operator: 'North',
  caveats: [],
}
