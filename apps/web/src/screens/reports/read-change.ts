import type { MeasureChange } from '@attune/contract'

export const changeReadings = ['better', 'unclear', 'worse', 'hidden'] as const
export type ChangeReading = (typeof changeReadings)[number]

/** Better or worse only when the whole 95 % interval of the change lies on one side of none. */
export function readChange({ meanChange, low, high, direction }: MeasureChange): ChangeReading {
  if (meanChange.hidden || low.hidden || high.hidden) return 'hidden'
  if (low.value <= 0 && high.value >= 0) return 'unclear'
  return meanChange.value > 0 === (direction === 'higher') ? 'better' : 'worse'
}
