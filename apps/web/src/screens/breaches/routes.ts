import type { RouteRecordRaw } from 'vue-router'

export const routes: RouteRecordRaw[] = [
  {
    path: '/incidents',
    name: 'breaches',
    component: () => import('./BreachesScreen.vue'),
    meta: {
      roles: ['administrator'],
      title: 'breaches.title',
      nav: { label: 'breaches.nav', order: 45, group: 'rights', says: 'breaches.navSays' },
      wide: true,
    },
  },
  {
    path: '/incidents/new',
    name: 'breach-new',
    component: () => import('./BreachNewScreen.vue'),
    meta: {
      roles: ['administrator'],
      title: 'breaches.newTitle',
    },
  },
  {
    path: '/report-incident',
    name: 'breach-report',
    component: () => import('./BreachNewScreen.vue'),
    meta: {
      roles: ['auditor', 'service-lead'],
      title: 'breaches.newTitle',
      nav: { label: 'breaches.record', order: 66, group: 'rights', says: 'breaches.navSays' },
    },
  },
  {
    path: '/incidents/:breachId',
    name: 'breach',
    component: () => import('./BreachScreen.vue'),
    props: true,
    meta: { roles: ['administrator'], title: 'breaches.title' },
  },
]
