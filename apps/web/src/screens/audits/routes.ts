import type { RouteRecordRaw } from 'vue-router'

export const routes: RouteRecordRaw[] = [
  {
    path: '/audits',
    name: 'audits',
    component: () => import('./AuditsScreen.vue'),
    meta: {
      roles: ['auditor', 'administrator', 'service-lead'],
      title: 'audits.title',
      nav: { label: 'audits.nav', order: 42, group: 'evidence', says: 'audits.navSays' },
      wide: true,
    },
  },
  {
    path: '/audits/:auditId',
    name: 'audit',
    component: () => import('./AuditScreen.vue'),
    props: true,
    meta: { roles: ['auditor', 'administrator', 'service-lead'], title: 'audits.title', wide: true },
  },
  {
    path: '/audits/:auditId/read',
    name: 'audit-read',
    component: () => import('./AuditReadScreen.vue'),
    props: true,
    meta: { roles: ['auditor'], title: 'audits.readTitle', wide: true },
  },
]
