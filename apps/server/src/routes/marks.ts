import type { Attune } from '../attune.ts'
import { listMarks } from '../actions/mark/list-marks.ts'
import type { Answers } from './answers.ts'

export const markAnswers = (attune: Attune): Answers => ({
  'GET /api/marks': async ({ actor }) => ({ marks: (await listMarks(attune, actor)).map(({ place, open, overdue }) => ({ place, open, overdue })) }),
})
