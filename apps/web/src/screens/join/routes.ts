import type { RouteRecordRaw } from 'vue-router'

export const routes: RouteRecordRaw[] = [
  { path: '/join', name: 'join', component: () => import('./JoinScreen.vue'), meta: { open: true, title: 'join.title' } },
  { path: '/second-factor', name: 'set-up-factor', component: () => import('./FactorScreen.vue'), meta: { half: true, title: 'factor.title' } },
]
