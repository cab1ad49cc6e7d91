import type { RouteRecordRaw } from 'vue-router'

export const routes: RouteRecordRaw[] = [
  {
    path: '/connected-apps',
    name: 'devices',
    component: () => import('./DevicesScreen.vue'),
    meta: { title: 'devices.title', roles: ['practitioner'] },
  },
  {
    path: '/people/connected-apps',
    name: 'service-devices',
    component: () => import('./ServiceDevicesScreen.vue'),
    meta: { title: 'devices.titleOfPeople', roles: ['service-lead', 'administrator'] },
  },
]
