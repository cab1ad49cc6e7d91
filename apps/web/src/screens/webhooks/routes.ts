import type { RouteRecordRaw } from 'vue-router'

export const routes: RouteRecordRaw[] = [
  {
    path: '/webhooks',
    name: 'webhooks',
    component: () => import('./WebhooksScreen.vue'),
    meta: { roles: ['administrator'], title: 'webhooks.title', nav: { label: 'webhooks.nav', order: 67, group: 'system', says: 'webhooks.navSays' } },
  },
  {
    path: '/webhooks/:webhookId',
    name: 'webhook',
    component: () => import('./WebhookScreen.vue'),
    props: true,
    meta: { roles: ['administrator'], title: 'webhooks.one' },
  },
]
