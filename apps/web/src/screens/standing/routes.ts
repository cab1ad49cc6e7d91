import type { RouteRecordRaw } from 'vue-router'

export const routes: RouteRecordRaw[] = [
  {
    path: '/standing',
    name: 'standing',
    component: () => import('./StandingScreen.vue'),
    meta: { title: 'standing.title', roles: ['practitioner'] },
  },
]
