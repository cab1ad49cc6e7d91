import type { MeasureRow } from '@attune/contract'
import { say } from '../../messages/index.ts'

/** The scores of a measure with their ranges, in one line. */
export function sayScores({ scores }: Pick<MeasureRow, 'scores'>): string {
  return say('measures.scores', { list: scores.map((score) => say('measures.score', score)).join(', ') })
}
