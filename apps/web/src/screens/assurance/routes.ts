import type { RouteRecordRaw } from 'vue-router'

export const routes: RouteRecordRaw[] = [
  {
    path: '/assurance',
    name: 'assurance',
    component: () => import('./AssuranceScreen.vue'),
    meta: {
      roles: ['administrator', 'auditor'],
      title: 'assurance.title',
      nav: { label: 'assurance.nav', order: 48, group: 'evidence', says: 'assurance.navSays' },
      wide: true,
    },
  },
]
