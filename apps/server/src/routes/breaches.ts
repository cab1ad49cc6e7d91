import type { Attune } from '../attune.ts'
import {
  assessBreach,
  closeBreach,
  listBreaches,
  noteRegulatorTold,
  readBreach,
  recordBreach,
  tellIndividuals,
  tracksOf,
  type OpenBreach,
} from '../actions/breach/breaches.ts'
import { referenceOf } from '../actions/breach/incident-words.ts'
import { presentBreach, presentBreachRow } from '../present/breaches.ts'
import type { Answers } from './answers.ts'

const present = (open: OpenBreach) => presentBreach({ ...open, reference: referenceOf(open.breach) })

export const breachAnswers = (attune: Attune): Answers => ({
  'GET /api/breaches': async ({ actor }) => ({
    breaches: (await listBreaches(attune, actor)).map((row) => presentBreachRow({ ...row, reference: referenceOf(row.breach) })),
  }),
  'POST /api/breaches': async ({ actor, body, now }) => {
    const breach = await recordBreach(attune, actor, body)
    return { breachId: breach.breachId, reference: referenceOf(breach), dueAt: tracksOf(attune, breach, now).dueAt }
  },
  'GET /api/breaches/:breachId': async ({ actor, params }) => present(await readBreach(attune, actor, params.breachId)),
  'POST /api/breaches/:breachId/assessment': async ({ actor, params, body }) => present(await assessBreach(attune, actor, params.breachId, body)),
  'POST /api/breaches/:breachId/regulator': async ({ actor, params, body }) => present(await noteRegulatorTold(attune, actor, params.breachId, body)),
  'POST /api/breaches/:breachId/individuals': async ({ actor, params }) => present(await tellIndividuals(attune, actor, params.breachId)),
  'POST /api/breaches/:breachId/close': async ({ actor, params, body }) => present(await closeBreach(attune, actor, params.breachId, body)),
})
