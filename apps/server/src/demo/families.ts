// 150 invented families with two to four sessions each over the last eighteen months. On average things get better, for some they do not.
import { addDays, generateClientCode } from '@attune/policy'
import { demoCast, demoServices } from './cast.ts'
import { makeDice, type Dice } from './dice.ts'
import type { Given } from '../actions/submission/to-submission-xml.ts'
import { childBefore, childLater, goals, helpedWords, relationshipBefore, relationshipLater, slips } from './words.ts'

export type DemoSession = { readonly personId: string; readonly instanceId: string; readonly on: string; readonly given: Given }

const familyCount = 150
const daysBack = 540
const ageGroups = ['pre-birth', '0-2', '0-2', '2-4', '2-4', '5-11', '5-11', '11-18'] as const
const support = ['social-care', 'health-visiting', 'mental-health-child', 'mental-health-adult', 'education', 'parenting-programme'] as const
const helped = ['seeing-strengths', 'watching-together', 'talking-it-through', 'feeling-heard', 'trying-at-home', 'having-goals'] as const

const within = (value: number, least: number, most: number) => Math.min(most, Math.max(least, Math.round(value)))

/** Spreads a total over items of 0 to 3 points, as people do: every line a little of it. */
function itemsOf(dice: Dice, name: string, count: number, total: number): Given {
  const items = Array.from({ length: count }, () => 0)
  for (let left = within(total, 0, count * 3); left > 0;) {
    const at = dice.whole(0, count - 1)
    // Thoughts of self-harm (PHQ-9, line 9) stay out of the demo.
    if (items[at]! >= 3 || (count === 9 && at === 8)) continue
    items[at]! += 1
    left -= 1
  }
  return Object.fromEntries(items.map((score, at) => [`${name}_${at + 1}`, String(score)]))
}

/** Every session of the demo, oldest first. `today` is the last possible day. */
export function makeFamilies(today: string): DemoSession[] {
  const dice = makeDice(20_250_601)
  const practitioners = demoCast.filter((person) => person.role === 'practitioner' && person.signed)
  const sessions: DemoSession[] = []
  for (let family = 0; family < familyCount; family++) {
    const { personId, serviceId } = practitioners[family % practitioners.length]!
    const pattern = demoServices.find((service) => service.serviceId === serviceId)?.codePattern
    const own = pattern !== undefined && dice.isLucky(0.5)
    const code = own ? `HV-${1000 + family}` : generateClientCode(dice.bytes, { symbols: 10 })
    sessions.push(...makeFamily(dice, personId, today, { code_source: own ? 'service' : 'form', client_code: code }))
  }
  // Dice of their own: the slips leave everything else as it is.
  const slipDice = makeDice(20_251_127)
  const slipped = sessions.map((session) =>
    slipDice.isLucky(0.07) ? { ...session, given: { ...session.given, narrative_relationship: slipDice.pick(slips) } } : session,
  )
  return slipped.sort((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : a.instanceId < b.instanceId ? -1 : 1))
}

function makeFamily(dice: Dice, personId: string, today: string, code: Given): DemoSession[] {
  const count = dice.whole(2, 4)
  const gap = dice.whole(18, 40)
  const first = addDays(today, -dice.whole(Math.min(count * gap, daysBack - 1), daysBack))
  const always: Given = {
    client_consented: 'yes',
    signed_on: addDays(first, -dice.whole(0, 9)),
    held_by_service: 'OK',
    service_copy: dice.isLucky(0.85) ? 'yes' : 'no',
    ...code,
    age_group: dice.pick(ageGroups),
    other_support: dice.isLucky(0.25) ? ['none'] : dice.some(support, dice.whole(1, 2)),
  }
  const chosen = dice.some(goals, dice.whole(1, 3))
  const used = ['phq-9', 'gad-7', ...(dice.isLucky(0.3) ? ['kpcs'] : []), ...(dice.isLucky(0.2) ? ['swemwbs'] : [])]
  const mood = {
    phq9: dice.around(11.5, 4.5),
    gad7: dice.around(9.5, 4),
    kpcs: dice.around(35, 5),
    swemwbs: dice.around(19, 3.5),
    goal: dice.around(3, 1.5),
  }
  // Seven in eight families move the right way, some of them far; the others stay or get worse.
  const pull = dice.isLucky(0.87) ? dice.around(1, 0.45) : -dice.around(0.5, 0.3)
  return Array.from({ length: count }, (_, at) => {
    const progress = (pull * at) / (count - 1)
    const last = at === count - 1
    const ratings = Object.fromEntries(
      chosen.flatMap((goal, number) => [
        [`goal_${number + 1}`, goal],
        [`goal_${number + 1}_rating`, String(within(dice.around(mood.goal + 3.2 * progress, 0.9), 0, 10))],
      ]),
    )
    return {
      personId,
      instanceId: dice.uuid(),
      on: addDays(first, at * gap),
      given: {
        ...always,
        session_on: addDays(first, at * gap),
        session_no: String(at + 1),
        time_point: at === 0 ? 'before' : last ? 'after' : 'during',
        session_mode: dice.isLucky(0.8) ? 'face-to-face' : 'online',
        narrative_child: dice.pick(at === 0 ? childBefore : childLater),
        narrative_relationship: dice.pick(at === 0 ? relationshipBefore : relationshipLater),
        ...ratings,
        ...(chosen.length > 1 && {
          goals_order: dice.some(
            chosen.map((_, number) => `goal_${number + 1}`),
            chosen.length,
          ),
        }),
        measures_used: used,
        ...itemsOf(dice, 'phq9', 9, within(dice.around(mood.phq9 - 4.2 * progress, 1.8), 0, 24)),
        ...itemsOf(dice, 'gad7', 7, within(dice.around(mood.gad7 - 3.6 * progress, 1.6), 0, 21)),
        ...(used.includes('kpcs') && { kpcs_total: String(within(dice.around(mood.kpcs + 3.5 * progress, 1.5), 0, 45)) }),
        ...(used.includes('swemwbs') && { swemwbs_total: String(within(dice.around(mood.swemwbs + 3 * progress, 1.3), 7, 35)) }),
        ...(at > 0 && { helped_by: dice.some(helped, dice.whole(1, 3)), ...(dice.isLucky(0.4) && { helped_words: dice.pick(helpedWords) }) }),
      },
    }
  })
}
