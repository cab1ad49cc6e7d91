import type { RouteRecordRaw } from 'vue-router'

const desk = ['service-lead', 'data-support', 'administrator'] as const
const all = [...desk, 'practitioner'] as const

export const routes: RouteRecordRaw[] = [
  {
    path: '/rights',
    name: 'rights',
    component: () => import('./RightsScreen.vue'),
    meta: { roles: desk, title: 'rights.title', nav: { label: 'rights.nav', order: 40, group: 'rights', says: 'rights.navSays' } },
  },
  {
    path: '/my-data',
    name: 'my-data',
    component: () => import('./RightsScreen.vue'),
    meta: {
      roles: ['practitioner'],
      title: 'rights.mineTitle',
      nav: { label: 'rights.mineNav', order: 60, group: 'rights', says: 'rights.mineNavSays' },
    },
  },
  { path: '/rights/new', name: 'right-new', component: () => import('./FileRequestScreen.vue'), meta: { roles: all, title: 'rights.newTitle' } },
  {
    path: '/rights/:requestId',
    name: 'right',
    component: () => import('./RequestScreen.vue'),
    props: true,
    meta: { roles: all, title: 'rights.title' },
  },
  {
    path: '/rights/:requestId/records/:recordId',
    name: 'right-record',
    component: () => import('./RequestRecordScreen.vue'),
    props: true,
    meta: { roles: ['administrator'], title: 'opened.title' },
  },
  {
    path: '/rights/:requestId/letters/:kind',
    name: 'right-letter',
    component: () => import('./LetterScreen.vue'),
    props: true,
    meta: { roles: all, title: 'rights.letters' },
  },
]
