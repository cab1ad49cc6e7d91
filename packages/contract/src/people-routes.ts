// Routes about services, people and who was let in.
import { Type } from 'typebox'
import * as people from './people.ts'
import type { Route } from './route.ts'
import { closed, Done, Uuid } from './words.ts'

const serviceParams = closed({ serviceId: Type.String() })

export const peopleRoutes = {
  'GET /api/services': { summary: 'Services I may see', door: 'second-factor', act: 'service.read', reply: people.ServicesPage },
  'POST /api/services': {
    summary: 'Add a service',
    door: 'second-factor',
    act: 'service.open',
    body: people.ServiceNew,
    status: 201,
    reply: people.ServiceView,
  },
  'PATCH /api/services/:serviceId': {
    summary: 'Rename, close or reopen a service',
    door: 'second-factor',
    act: 'service.change',
    params: serviceParams,
    body: people.ServiceChange,
    reply: people.ServiceView,
  },
  'POST /api/services/:serviceId/processor-terms': {
    summary: 'Accept the processor terms as its lead',
    door: 'second-factor',
    act: 'service.accept-terms',
    params: serviceParams,
    body: people.ProcessorTerms,
    reply: people.ServiceView,
  },
  'GET /api/people': {
    summary: 'People I look after',
    door: 'second-factor',
    act: 'person.list',
    query: people.PeopleQuery,
    reply: people.PeoplePage,
  },
  'GET /api/nominations': {
    summary: 'Whom services have put forward as data support, and who waits for access',
    door: 'second-factor',
    act: 'grant.read',
    reply: people.NominationsPage,
  },
  'POST /api/nominations': {
    summary: 'Put somebody of my service forward as data support',
    door: 'second-factor',
    act: 'nominee.propose',
    body: people.NominationNew,
    status: 201,
    reply: people.NominationView,
  },
  'DELETE /api/nominations/:nominationId': {
    summary: 'Take a nomination back',
    door: 'second-factor',
    act: 'nominee.propose',
    params: closed({ nominationId: Uuid }),
    reply: Done,
  },
  'POST /api/invitations': {
    summary: 'Invite somebody',
    door: 'second-factor',
    act: 'person.invite',
    body: people.InvitationNew,
    status: 201,
    reply: people.InvitationSent,
  },
  'POST /api/grants': {
    summary: 'Give somebody a further role',
    door: 'second-factor',
    act: 'grant.give',
    body: people.GrantNew,
    status: 201,
    reply: people.PersonView,
  },
  'DELETE /api/grants/:grantId': {
    summary: 'End a role',
    door: 'second-factor',
    act: 'person.remove',
    params: closed({ grantId: Uuid }),
    reply: Done,
  },
} as const satisfies { readonly [route: string]: Route }
