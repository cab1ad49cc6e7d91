import type { RouteRecordRaw } from 'vue-router'

export const routes: RouteRecordRaw[] = [
  {
    path: '/forms',
    name: 'forms-desk',
    component: () => import('./FormsDeskScreen.vue'),
    meta: { roles: ['administrator'], title: 'desk.title', nav: { label: 'desk.nav', order: 14, group: 'forms', says: 'desk.navSays' } },
  },
  {
    path: '/forms/hand-in',
    name: 'form-hand-in',
    component: () => import('./HandInScreen.vue'),
    meta: { roles: ['administrator'], title: 'desk.handIn', wide: true },
  },
  {
    path: '/forms/drafts/:draftId',
    name: 'form-draft',
    component: () => import('./DraftScreen.vue'),
    props: true,
    meta: { roles: ['administrator'], title: 'desk.title', wide: true },
  },
  {
    path: '/forms/:formId/:version',
    name: 'form-version',
    component: () => import('./VersionScreen.vue'),
    props: true,
    meta: { roles: ['administrator'], title: 'desk.title', wide: true },
  },
]
