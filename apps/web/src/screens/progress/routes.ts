import type { RouteRecordRaw } from 'vue-router'

export const routes: RouteRecordRaw[] = [
  {
    path: '/follow-up',
    name: 'follow-up',
    component: () => import('./FollowUpScreen.vue'),
    meta: { title: 'followUp.title', onDevice: true, roles: ['practitioner'] },
  },
  {
    path: '/progress',
    name: 'progress',
    component: () => import('./ProgressScreen.vue'),
    meta: { title: 'progress.title', onDevice: true, roles: ['practitioner'] },
  },
]
