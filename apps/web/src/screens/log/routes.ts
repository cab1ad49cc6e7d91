import type { RouteRecordRaw } from 'vue-router'

export const routes: RouteRecordRaw[] = [
  {
    path: '/log',
    name: 'log',
    component: () => import('./LogScreen.vue'),
    meta: {
      roles: ['administrator', 'auditor'],
      title: 'log.title',
      nav: { label: 'log.nav', order: 60, group: 'evidence', says: 'log.navSays' },
      wide: true,
    },
  },
]
