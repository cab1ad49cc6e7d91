import type { RouteRecordRaw } from 'vue-router'

export const routes: RouteRecordRaw[] = [
  {
    path: '/drafts',
    name: 'drafts',
    component: () => import('./DraftsScreen.vue'),
    meta: { title: 'drafts.title', onDevice: true, roles: ['practitioner'], nav: { label: 'drafts.nav', order: 10 } },
  },
]
