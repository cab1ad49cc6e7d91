import type { RouteRecordRaw } from 'vue-router'
// Imported with the router: the page that says that a page cannot be had must itself be here.
import OfflineScreen from './OfflineScreen.vue'

export const routes: RouteRecordRaw[] = [
  { path: '/offline', name: 'offline', component: OfflineScreen, meta: { open: true, title: 'offlinePage.title' } },
]
