import type { RouteRecordRaw } from 'vue-router'

export const routes: RouteRecordRaw[] = [
  {
    path: '/lost-code',
    name: 'lost-code',
    component: () => import('./LostCodeScreen.vue'),
    meta: { title: 'lostCode.title', roles: ['practitioner'] },
  },
]
