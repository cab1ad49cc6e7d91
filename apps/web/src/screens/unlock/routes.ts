import type { RouteRecordRaw } from 'vue-router'

export const routes: RouteRecordRaw[] = [
  { path: '/unlock', name: 'unlock', component: () => import('./UnlockScreen.vue'), meta: { open: true, title: 'vault.unlockTitle' } },
]
