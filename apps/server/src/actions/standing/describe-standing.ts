import { getFormOfKind } from '@attune/programme'
import type { Attune } from '../../attune.ts'
import { toLondonDay } from '../london-day.ts'
import { findOwnEmail } from '../person/find-own-email.ts'
import { getStanding, practitionerGates, type Who } from './get-standing.ts'

/** A practitioner's gates as they are now, and what their consent form can be filled with beforehand. */
export async function describeStanding(attune: Attune, who: Who) {
  const standing = await getStanding(attune, who, true)
  const { questions } = getFormOfKind(attune.programme, 'practitioner-consent')
  const prefill = { [questions.businessEmail]: await findOwnEmail(attune, who), [questions.serviceName]: standing.service.name }
  const today = toLondonDay(attune.clock.now())
  const tasks = standing.tasks.map(({ dueOn }) => ({ dueOn, overdue: today > dueOn }))
  return { gates: practitionerGates(attune, standing), prefill, codePattern: standing.service.codePattern, tasks }
}
