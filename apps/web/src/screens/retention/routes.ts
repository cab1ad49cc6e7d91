import type { RouteRecordRaw } from 'vue-router'

export const routes: RouteRecordRaw[] = [
  {
    path: '/retention',
    name: 'retention',
    component: () => import('./RetentionScreen.vue'),
    meta: {
      roles: ['service-lead', 'administrator'],
      title: 'retention.title',
      nav: { label: 'retention.nav', order: 50, group: 'rights', says: 'retention.navSays' },
    },
  },
]
