import type { RouteRecordRaw } from 'vue-router'

export const routes: RouteRecordRaw[] = [
  {
    path: '/reports/national',
    name: 'report-national',
    component: () => import('./ReportScreen.vue'),
    props: { scope: 'national' },
    meta: {
      roles: ['analyst', 'administrator'],
      title: 'reports.national',
      nav: { label: 'reports.navNational', order: 38, group: 'evidence', says: 'reports.navNationalSays' },
    },
  },
  {
    path: '/reports/national/programs',
    name: 'analysis-programs',
    component: () => import('./AnalysisProgramsScreen.vue'),
    meta: { roles: ['analyst'], title: 'analysis.title', nav: { label: 'analysis.nav', order: 46, group: 'evidence', says: 'analysis.navSays' } },
  },
  {
    path: '/reports/national/summary',
    name: 'report-national-summary',
    component: () => import('./SummaryScreen.vue'),
    props: { scope: 'national' },
    meta: { roles: ['analyst', 'administrator'], title: 'reports.summary' },
  },
  {
    path: '/reports/service/summary',
    name: 'report-service-summary',
    component: () => import('./SummaryScreen.vue'),
    props: { scope: 'service' },
    meta: { roles: ['service-lead', 'data-support'], title: 'reports.summary' },
  },
  {
    path: '/reports/service/selections',
    name: 'report-layouts',
    component: () => import('./LayoutsScreen.vue'),
    meta: { roles: ['service-lead', 'data-support'], title: 'reports.layouts' },
  },
  {
    path: '/reports/service',
    name: 'report-service',
    component: () => import('./ReportScreen.vue'),
    props: { scope: 'service' },
    meta: {
      roles: ['service-lead', 'data-support'],
      title: 'reports.service',
      nav: { label: 'reports.navService', order: 38, group: 'evidence', says: 'reports.navServiceSays' },
    },
  },
]
