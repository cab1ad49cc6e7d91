import { scoreTraining } from '@attune/policy'
import type { BodyOf } from '@attune/contract'
import type { Attune } from '../../attune.ts'
import { raise } from '../../problems.ts'
import { finishActions } from '../../store/audits/findings.ts'
import { logEvent } from '../../store/log-event.ts'
import { addTraining } from '../../store/trainings.ts'
import { withActor } from '../../store/with-actor.ts'
import type { Acting } from '../acting.ts'
import { getStanding } from './get-standing.ts'

/** Scores the training check and notes a pass. One that is not passed changes nothing and can be taken again. */
export async function takeTraining(attune: Attune, acting: Acting, { course, version, answers }: BodyOf<'POST /api/training'>): Promise<void> {
  const { training } = attune.programme.policy
  if (course !== training.course || version !== training.version)
    raise('request-invalid', { fields: [{ place: '/version', why: 'is not the training in force' }] })
  const { practitioner } = await getStanding(attune, acting, true)
  // A training is noted for a practitioner, and one becomes that by signing the consent form.
  if (practitioner === undefined) raise('consent-missing')
  const score = scoreTraining(training, answers)
  const { serviceId, accountId, role } = acting
  await withActor(attune.databases.attune, { role: 'practitioner', serviceId, accountId }, '', async (trx) => {
    const right = score.units.reduce((sum, unit) => sum + unit.right, 0)
    const asked = score.units.reduce((sum, unit) => sum + unit.asked, 0)
    const at = attune.clock.now()
    if (score.passed) {
      await addTraining(trx, { serviceId, practitionerId: practitioner.id, course, version, score: right, outOf: asked, at })
      await finishActions(trx, serviceId, practitioner.id, at)
    }
    await logEvent(trx, {
      serviceId,
      accountId,
      role,
      action: 'training.take',
      outcome: score.passed ? 'done' : 'refused',
      detail: { course, version, right, asked },
    })
  })
}
