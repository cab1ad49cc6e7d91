import type { RouteRecordRaw } from 'vue-router'

export const routes: RouteRecordRaw[] = [
  {
    path: '/letters',
    name: 'letters',
    component: () => import('./LettersScreen.vue'),
    meta: { roles: ['administrator'], title: 'letters.title', nav: { label: 'letters.nav', order: 70, group: 'system', says: 'letters.navSays' } },
  },
]
