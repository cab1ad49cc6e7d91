import type { Attune } from '../attune.ts'
import { listEvents } from '../actions/log/list-events.ts'
import { listNominations, nominate, withdrawNomination } from '../actions/person/nominations.ts'
import { endPersonGrant, givePersonGrant, invitePerson, listPeople, reviewPersonGrant } from '../actions/person/people.ts'
import { acceptProcessorTerms, alterService, listServices, openService } from '../actions/service/services.ts'
import { presentEvent, presentNomination, presentPerson, presentService } from '../present/people.ts'
import type { Answers } from './answers.ts'
import { findOwnOrigin } from './connection.ts'

export const peopleAnswers = (attune: Attune): Answers => ({
  'GET /api/services': async ({ actor }) => ({ services: (await listServices(attune, actor)).map(presentService) }),
  'POST /api/services': async ({ actor, body }) => presentService(await openService(attune, actor, body)),
  'PATCH /api/services/:serviceId': async ({ actor, params, body }) => presentService(await alterService(attune, actor, params.serviceId, body)),
  'POST /api/services/:serviceId/processor-terms': async ({ actor, params, body }) =>
    presentService(await acceptProcessorTerms(attune, actor, params.serviceId, body)),
  'GET /api/people': async ({ actor, query }) => {
    const { people, more, invitations } = await listPeople(attune, actor, query)
    return {
      people: people.map(presentPerson),
      more,
      invitations: invitations.map(({ email, role, serviceId, endsAt }) => ({ email, role, serviceId, endsAt: endsAt.toISOString() })),
    }
  },
  'GET /api/nominations': async ({ actor }) => ({ nominations: (await listNominations(attune, actor)).map(presentNomination) }),
  'POST /api/nominations': async ({ actor, body }) => presentNomination(await nominate(attune, actor, body)),
  'DELETE /api/nominations/:nominationId': async ({ actor, params }) => {
    await withdrawNomination(attune, actor, params.nominationId)
    return { done: true }
  },
  'POST /api/invitations': async ({ actor, body, request }) => {
    const origin = attune.environment.origin ?? findOwnOrigin(request, undefined) ?? ''
    const { link, endsAt } = await invitePerson(attune, actor, body, origin)
    return { link, endsAt: endsAt.toISOString() }
  },
  'POST /api/grants': async ({ actor, body }) => presentPerson(await givePersonGrant(attune, actor, body)),
  'DELETE /api/grants/:grantId': async ({ actor, params }) => {
    await endPersonGrant(attune, actor, params.grantId)
    return { done: true }
  },
  'POST /api/grants/:grantId/review': async ({ actor, params, body }) => {
    await reviewPersonGrant(attune, actor, params.grantId, body)
    return { done: true }
  },
  'GET /api/events': async ({ actor, query }) => {
    const { events, next } = await listEvents(attune, actor, query)
    return { events: events.map(presentEvent), next }
  },
})
