import type { RouteRecordRaw } from 'vue-router'

export const routes: RouteRecordRaw[] = [
  {
    path: '/backups',
    name: 'backups',
    component: () => import('./BackupsScreen.vue'),
    meta: { roles: ['administrator'], title: 'backups.title', nav: { label: 'backups.nav', order: 65, group: 'system', says: 'backups.navSays' } },
  },
]
