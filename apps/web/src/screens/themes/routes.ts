import type { RouteRecordRaw } from 'vue-router'

export const routes: RouteRecordRaw[] = [
  {
    path: '/reports/themes',
    name: 'themes',
    component: () => import('./ThemesScreen.vue'),
    meta: { roles: ['analyst'], title: 'themes.title', nav: { label: 'themes.nav', order: 45, group: 'evidence', says: 'themes.navSays' } },
  },
]
