import type { Attune } from '../attune.ts'
import { toLondonDay } from '../actions/london-day.ts'
import { listThemes, readThemeTexts, saveThemes, themeQuestions } from '../actions/themes/code-themes.ts'
import { presentThemes } from '../present/themes.ts'
import type { Answers } from './answers.ts'

export const themeAnswers = (attune: Attune): Answers => ({
  'GET /api/themes': async ({ actor }) =>
    presentThemes(attune.programme.policy, themeQuestions(attune), await listThemes(attune, actor), toLondonDay),
  'GET /api/themes/texts': async ({ actor, query }) => readThemeTexts(attune, actor, query),
  'POST /api/themes': async ({ actor, body }) => ({ codingId: await saveThemes(attune, actor, body) }),
})
