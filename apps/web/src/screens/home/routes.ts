import type { RouteRecordRaw } from 'vue-router'

export const routes: RouteRecordRaw[] = [
  { path: '/', name: 'home', component: () => import('./HomeScreen.vue'), meta: { title: 'home.title', nav: { label: 'home.title', order: 0 } } },
]
