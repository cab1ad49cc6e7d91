// Works out the scores of every record again from its sealed answers, as it was done when the record came in.
import type { Answers } from '@attune/forms'
import { measuresIn, type ClientRecordForm } from '@attune/programme'
import type { Attune } from '../../attune.ts'
import { findUnscored, insertScores, type RebuiltScores, type UnscoredRow } from '../../store/backup/rebuild-rows.ts'
import { open } from '../../store/keyring/seal.ts'
import { answersPlace } from '../../store/records/places.ts'
import { foldSums } from '../../store/sums/fold-sums.ts'
import { findPublishedForm } from '../form/form-shelf.ts'
import { findKeys } from '../record/open-rows.ts'
import { toClientFacts } from '../submission/client-facts.ts'
import { countedQuestions, toCountedChoices } from '../submission/counted-choices.ts'
import { scoreAnswers } from '../submission/score-answers.ts'

const pageSize = 1_000

export type Rebuilt = {
  readonly scored: number
  /** Records whose key is not in the keyring. */ readonly keyless: number
  /** Records of a form that this programme does not know. */ readonly formless: number
}

export async function rebuildScores(attune: Attune): Promise<Rebuilt> {
  const { databases } = attune
  let after = { serviceId: '', recordId: '00000000-0000-0000-0000-000000000000' }
  const total = { scored: 0, keyless: 0, formless: 0 }
  for (;;) {
    const rows = await findUnscored(databases.attune, after, pageSize)
    const keys = await findKeys(attune, rows)
    const rebuilt: RebuiltScores[] = []
    for (const row of rows) {
      const key = keys.get(`${row.serviceId}/${row.clientId}`)
      if (key === undefined) {
        total.keyless++
        continue
      }
      const answers = JSON.parse(open(key, answersPlace(row), row.answersSealed).toString('utf8')) as Answers
      const scores = await scoreAgain(attune, row, answers)
      if (scores === undefined) total.formless++
      else rebuilt.push(scores)
    }
    await insertScores(databases.attune, rebuilt)
    total.scored += rebuilt.length
    const last = rows.at(-1)
    if (rows.length < pageSize || last === undefined) break
    after = last
  }
  await foldSums(databases.attune)
  return total
}

async function scoreAgain(attune: Attune, row: UnscoredRow, answers: Answers): Promise<RebuiltScores | undefined> {
  const { programme } = attune
  const form = (await findPublishedForm(attune, row.formId, row.formVersion)) as ClientRecordForm | undefined
  if (form === undefined || form.kind !== 'client-record') return undefined
  const { timePoint, ageGroup } = toClientFacts(form.questions, answers, programme.policyVersion.edition)
  const { scales, scores, answers: calculated } = scoreAnswers(measuresIn(programme, form), answers)
  const { answersSealed: _sealed, formId: _form, formVersion: _version, ...rest } = row
  return { ...rest, timePoint, ageGroup, scales, scores, choices: toCountedChoices(countedQuestions(programme, form), form.questions, calculated) }
}
