import type { Attune } from '../attune.ts'
import { toLondonDay } from '../actions/london-day.ts'
import { listPractitioners } from '../actions/practitioner/list-practitioners.ts'
import { downloadRecords } from '../actions/record/download-records.ts'
import { findCodes } from '../actions/record/find-codes.ts'
import { listIncomplete } from '../actions/record/list-incomplete.ts'
import { listRecords } from '../actions/record/list-records.ts'
import { readRecord } from '../actions/record/read-record.ts'
import { findClientForms } from '../actions/form/form-shelf.ts'
import { planDownload, writeDownload } from '../present/download-file.ts'
import { presentRecord, presentRecordRow } from '../present/record.ts'
import { makePassphrase } from '../present/zip-seal.ts'
import type { Answers } from './answers.ts'

export const recordAnswers = (attune: Attune): Answers => ({
  'GET /api/records': async ({ actor, purpose, query }) => {
    const { rows, total, next } = await listRecords(attune, actor, purpose, query)
    return { records: rows.map((row) => presentRecordRow(attune.programme, row)), total, next }
  },
  'GET /api/records/:recordId': async ({ actor, purpose, params }) => {
    const { row, practitioner } = await readRecord(attune, actor, purpose, params.recordId)
    return presentRecord(attune.programme, row, practitioner)
  },
  'GET /api/practitioners': async ({ actor, purpose }) => {
    const practitioners = await listPractitioners(attune, actor, purpose)
    return {
      practitioners: practitioners.map(({ practitionerId, name, email, status, consentCurrent }) => ({
        practitionerId,
        name,
        email,
        status,
        consentCurrent,
      })),
    }
  },
  'POST /api/records/find-code': async ({ actor, purpose, body }) => {
    const found = await findCodes(attune, actor, purpose, body)
    return { found: found.map(({ code, receivedAt }) => ({ code, receivedAt: receivedAt.toISOString() })) }
  },
  'GET /api/completeness': ({ actor, purpose }) => listIncomplete(attune, actor, purpose),
  'POST /api/downloads': async ({ actor, purpose, body, now, reply }) => {
    const passphrase = makePassphrase()
    const plan = planDownload(attune.programme, await findClientForms(attune, actor.serviceId), body.format, now)
    const file = await downloadRecords(attune, actor, purpose, body, (place) => writeDownload(plan, passphrase, now, place))
    // Told once, with the file, and kept nowhere (DCS-117).
    reply.header('attune-passphrase', passphrase)
    reply.header('content-disposition', `attachment; filename="${attune.programme.id}-${actor.serviceId}-${toLondonDay(now)}.zip"`)
    reply.header('content-length', file.size())
    return file.read() as never
  },
})
