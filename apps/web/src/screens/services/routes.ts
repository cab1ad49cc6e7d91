import type { RouteRecordRaw } from 'vue-router'

export const routes: RouteRecordRaw[] = [
  {
    path: '/service',
    name: 'my-service',
    component: () => import('./MyServiceScreen.vue'),
    meta: { roles: ['service-lead'], title: 'service.title', nav: { label: 'service.nav', order: 10, group: 'people', says: 'service.navSays' } },
  },
  {
    path: '/service/terms',
    name: 'processor-terms',
    component: () => import('./ProcessorTermsScreen.vue'),
    meta: { roles: ['service-lead'], title: 'service.termsTitle' },
  },
  {
    path: '/services',
    name: 'services',
    component: () => import('./ServicesScreen.vue'),
    meta: { roles: ['administrator'], title: 'services.title', nav: { label: 'services.nav', order: 10, group: 'people', says: 'services.navSays' } },
  },
  {
    path: '/services/new',
    name: 'service-new',
    component: () => import('./AddServiceScreen.vue'),
    meta: { roles: ['administrator'], title: 'services.add' },
  },
]
