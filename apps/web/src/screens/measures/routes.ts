import type { RouteRecordRaw } from 'vue-router'

export const routes: RouteRecordRaw[] = [
  {
    path: '/measures',
    name: 'measures',
    component: () => import('./MeasuresScreen.vue'),
    meta: { roles: ['service-lead'], title: 'measures.title', nav: { label: 'measures.nav', order: 25, group: 'forms', says: 'measures.navSays' } },
  },
  {
    path: '/measures/propose',
    name: 'measure-propose',
    component: () => import('./ProposeScreen.vue'),
    meta: { roles: ['service-lead', 'administrator'], title: 'propose.title' },
  },
  {
    path: '/measures/take-out',
    name: 'measure-remove',
    component: () => import('./RemoveScreen.vue'),
    meta: { roles: ['service-lead', 'administrator'], title: 'remove.title' },
  },
]
