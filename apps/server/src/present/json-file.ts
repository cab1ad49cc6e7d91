// Records as JSON: answers keep their types, questions with several answers are lists, scores stand beside them.
import { createHash } from 'node:crypto'
import { measuresIn, type Programme } from '@attune/programme'
import { presentReview, presentScores, type RecordFacts } from './record.ts'

type Write = (content: string | Uint8Array) => Promise<void>

export async function beginJson(write: Write, programme: Programme) {
  const hash = createHash('sha256')
  let first = true
  const put = async (text: string) => {
    const bytes = Buffer.from(text)
    hash.update(bytes)
    await write(bytes)
  }
  await put(`{"programme":${JSON.stringify(programme.id)},"records":[`)
  return {
    name: 'records.json',
    async write(rows: readonly RecordFacts[]): Promise<void> {
      if (rows.length === 0) return
      await put(`${first ? '\n' : ',\n'}${rows.map((row) => JSON.stringify(toJsonRecord(programme, row))).join(',\n')}`)
      first = false
    },
    async end(): Promise<string> {
      await put('\n]}\n')
      return hash.digest('hex')
    },
  }
}

function toJsonRecord(programme: Programme, row: RecordFacts) {
  const { recordId, receivedAt, sessionOn, formId, formVersion, policyVersion, practitionerId, answers, form } = row
  return {
    recordId,
    receivedAt: receivedAt.toISOString(),
    sessionOn,
    formId,
    formVersion,
    policyVersion,
    practitionerId: practitionerId ?? null,
    review: presentReview(row),
    answers,
    scores: presentScores(form === undefined ? programme : { measures: measuresIn(programme, form) }, row),
  }
}
