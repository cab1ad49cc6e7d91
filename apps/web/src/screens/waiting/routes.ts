import type { RouteRecordRaw } from 'vue-router'

export const routes: RouteRecordRaw[] = [
  {
    path: '/waiting',
    name: 'waiting',
    component: () => import('./WaitingScreen.vue'),
    meta: { title: 'waiting.title', onDevice: true, roles: ['practitioner'], nav: { label: 'waiting.nav', order: 20 } },
  },
  {
    path: '/receipt/:instanceId',
    name: 'receipt',
    component: () => import('./ReceiptScreen.vue'),
    meta: { title: 'receipt.title', onDevice: true, roles: ['practitioner'] },
  },
]
