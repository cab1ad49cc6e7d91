// Why cells of a report are hidden: each reason once, wherever in the report it is the reason.
import type { Report } from '@attune/contract'
import { reasonsOf } from './cells.ts'

export function hiddenReasons({ clients, sessions, complete, incomplete, ageGroups, support, helped, measures }: Report): readonly string[] {
  const counts = [clients, sessions, complete, incomplete, ...[...ageGroups, ...support, ...helped].map(({ count }) => count)]
  return reasonsOf([
    ...counts,
    ...measures.flatMap((one) => [
      one.nBefore,
      one.nPaired,
      one.meanBefore,
      one.meanAfter,
      one.meanChange,
      one.low,
      one.effect,
      one.improved,
      one.unchanged,
      one.worse,
      one.ifLostUnchanged,
    ]),
  ])
}
