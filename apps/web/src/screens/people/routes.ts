import type { RouteRecordRaw } from 'vue-router'

const roles = ['service-lead', 'administrator'] as const

export const routes: RouteRecordRaw[] = [
  {
    path: '/people',
    name: 'people',
    component: () => import('./PeopleScreen.vue'),
    meta: { roles, title: 'people.title', nav: { label: 'people.nav', order: 20, group: 'people', says: 'people.navSays' } },
  },
  { path: '/people/invite', name: 'invite', component: () => import('./InviteScreen.vue'), meta: { roles, title: 'people.inviteTitle' } },
  {
    path: '/people/nominate',
    name: 'nominate',
    component: () => import('./NominateScreen.vue'),
    meta: { roles: ['service-lead'], title: 'nominations.title' },
  },
  { path: '/people/access', name: 'people-access', component: () => import('./AccessScreen.vue'), meta: { roles, title: 'access.title' } },
  {
    path: '/people/consents',
    name: 'people-consents',
    component: () => import('./ConsentsScreen.vue'),
    meta: { roles: ['administrator'], title: 'consents.title' },
  },
  {
    path: '/consents',
    name: 'consents',
    component: () => import('./ConsentsScreen.vue'),
    meta: { roles: ['auditor'], title: 'consents.title', nav: { label: 'consents.nav', order: 30, group: 'people', says: 'consents.navSays' } },
  },
  {
    path: '/people/:grantId/move',
    name: 'person-move',
    component: () => import('./MoveScreen.vue'),
    props: true,
    meta: { roles: ['administrator'], title: 'move.link' },
  },
]
