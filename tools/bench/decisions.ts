// What decisions at the desks cost: each is made once about each of many objects, as a person's screen sends it, and timed until its answer is there.
import type { Figure } from '../bench.ts'
import type { Caller } from '../walk/caller.ts'
import { objects, textQuestion, type Family, type ToDecide } from './fill-decisions.ts'

const warm = 5
const reasons = 'The service knows the person and the request is clear.'
const day = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10)

type People = { readonly administrator: Caller; readonly colleague: Caller; readonly auditor: Caller }
type Asked = { readonly by: Caller; readonly path: string; readonly body?: unknown; readonly purpose?: string }

/** Decides everything that was made and returns a figure a kind. `services` are all of them. */
export async function measureDecisions(
  { administrator, colleague, auditor }: People,
  { requests, unasked, texts, closing, reviews }: ToDecide,
  services: readonly string[],
  goalMs: number,
): Promise<Figure[]> {
  const figures: Figure[] = []
  const take = async <One>(name: string, list: readonly One[], ask: (one: One, at: number) => Asked): Promise<unknown[]> => {
    const { figure, answers } = await measure(name, list, ask, goalMs)
    figures.push(figure)
    return answers
  }
  const decision = (outcome: object) => (one: Family) => ({
    by: administrator,
    path: `/api/rights/${one.requestId}/decision`,
    body: { outcome: 'grant', reasons, ...outcome },
  })
  const agreement = (one: Family) => ({ by: colleague, path: `/api/rights/${one.requestId}/agreement`, body: { agrees: true } })

  await take('a rights request is filed', unasked, (one) => ({
    by: administrator,
    path: '/api/rights',
    body: { type: 'access', code: one.code, serviceId: one.serviceId, identityCheck: 'known-in-person' },
  }))
  await take('a rights request is granted', requests.access, decision({}))
  await take('a restriction is granted', requests.restrict, decision({ ground: 'inaccurate' }))
  await take('an answer is corrected', requests.rectify, (one) => ({
    by: administrator,
    path: `/api/records/${one.recordId}/correction`,
    body: { requestId: one.requestId, reason: 'The family says that it was otherwise.', answers: { [textQuestion]: 'Plays best at home.' } },
  }))
  await take('a correction is closed', requests.rectify, decision({}))
  const target = (one: Family) => services[(services.indexOf(one.serviceId) + 1) % services.length]!
  await take('a client is transferred to another service', requests.port, (one) => decision({ toServiceId: target(one) })(one))
  await take('a deletion is proposed', requests.delete, decision({}))
  await take('a deletion is agreed to: the client is erased', requests.delete, agreement)
  await take('a text of an audit is found clear', texts.slice(0, objects), (textId) => ({
    by: auditor,
    path: `/api/audit-texts/${textId}/verdict`,
    purpose: 'audit',
    body: { verdict: 'clear' },
  }))
  await take('a text of an audit is replaced', texts.slice(objects), (textId) => ({
    by: auditor,
    path: `/api/audit-texts/${textId}/verdict`,
    purpose: 'audit',
    body: { verdict: 'replace', spans: [{ start: 0, end: 3, as: 'friend' }] },
  }))
  const put = await take('a retention extension is asked for', services.slice(0, objects), (serviceId) => ({
    by: administrator,
    path: '/api/retention/decisions',
    body: { serviceId, kind: 'put-off', sessionFrom: day(-2_000), sessionUntil: day(0), untilOn: day(400), reason: reasons },
  }))
  await take('a retention extension is agreed to', put as { decisionId: string }[], ({ decisionId }) => ({
    by: colleague,
    path: `/api/retention/decisions/${decisionId}/agreement`,
    body: { agrees: true },
  }))
  await take('an access is reviewed', reviews, (grantId) => ({
    by: administrator,
    path: `/api/grants/${grantId}/review`,
    body: { verdict: 'keep' },
  }))
  const recorded = await take('an incident of one service is recorded', services.slice(0, objects), (serviceId) =>
    incident(administrator, [serviceId]),
  )
  const risk = { likelihood: 2, severity: 3, risk: 'risk', reasons: 'The screen was not locked, and free text was open.' }
  await take('an incident is assessed', recorded as { breachId: string }[], ({ breachId }) => ({
    by: administrator,
    path: `/api/breaches/${breachId}/assessment`,
    body: risk,
  }))
  await take('an audit is closed', closing, (auditId) => ({ by: auditor, path: `/api/audits/${auditId}/close` }))
  await take(`an incident of ${services.length} services is recorded`, [1, 2, 3], () => incident(administrator, services))
  return figures
}

const incident = (by: Caller, services: readonly string[]): Asked => ({
  by,
  path: '/api/breaches',
  body: {
    foundAt: new Date(Date.now() - 60_000).toISOString().replace(/\.\d+Z$/, 'Z'),
    happenedFrom: day(-2),
    happenedUntil: day(-1),
    kind: 'seen',
    what: 'A download lay on a shared drive and could be opened by the whole office.',
    services,
    accounts: [],
  },
})

async function measure<One>(name: string, list: readonly One[], ask: (one: One, at: number) => Asked, goalMs: number) {
  const [times, answers]: [number[], unknown[]] = [[], []]
  for (const [at, one] of list.entries()) {
    const { by, path, body, purpose } = ask(one, at)
    const began = performance.now()
    const reply = await by.call('POST', path, { ...(body !== undefined && { body }), ...(purpose !== undefined && { purpose }) })
    if (reply.status >= 300) throw new Error(`${name}: ${path} answered ${reply.status} ${JSON.stringify(reply.body).slice(0, 300)}`)
    times.push(performance.now() - began)
    answers.push(reply.body)
  }
  const first = times[0] ?? 0
  const counted = times.slice(times.length > 4 * warm ? warm : 1).sort((one, other) => one - other)
  const [p50, p95] = [0.5, 0.95].map((share) => counted[Math.min(counted.length - 1, Math.floor(counted.length * share))] ?? 0) as [number, number]
  const figure: Figure = {
    name,
    value: `p95 ${p95.toFixed(1)} ms`,
    beside: `goal ${goalMs} ms${p95 > goalMs ? ' (over)' : ''}; p50 ${p50.toFixed(1)} ms; first ${first.toFixed(0)} ms; ${counted.length} of them`,
  }
  return { figure, answers }
}
