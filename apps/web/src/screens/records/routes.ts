import type { RouteRecordRaw } from 'vue-router'

const roles = ['data-support'] as const

export const routes: RouteRecordRaw[] = [
  {
    path: '/records',
    name: 'records',
    component: () => import('./RecordsScreen.vue'),
    meta: { roles, title: 'records.title', nav: { label: 'records.nav', order: 10, group: 'rights', says: 'records.navSays' }, wide: true },
  },
  { path: '/records/:recordId', name: 'record', component: () => import('./RecordScreen.vue'), props: true, meta: { roles, title: 'records.title' } },
  {
    path: '/completeness',
    name: 'completeness',
    component: () => import('./CompletenessScreen.vue'),
    meta: { roles, title: 'complete.title', nav: { label: 'complete.nav', order: 15, group: 'rights', says: 'complete.navSays' } },
  },
  {
    path: '/find-code',
    name: 'find-code',
    component: () => import('./FindCodeScreen.vue'),
    meta: {
      roles: ['data-support', 'administrator'],
      title: 'findCode.title',
      nav: { label: 'findCode.nav', order: 20, group: 'rights', says: 'findCode.navSays' },
    },
  },
  {
    path: '/download',
    name: 'download',
    component: () => import('./DownloadScreen.vue'),
    meta: { roles, title: 'download.title', nav: { label: 'download.nav', order: 30, group: 'rights', says: 'download.navSays' } },
  },
  {
    path: '/download/programs',
    name: 'reading-programs',
    component: () => import('./ReadingProgramsScreen.vue'),
    meta: { roles, title: 'feed.title' },
  },
]
