import type { RouteRecordRaw } from 'vue-router'

export const routes: RouteRecordRaw[] = [
  {
    path: '/training',
    name: 'training',
    component: () => import('./TrainingScreen.vue'),
    meta: { title: 'training.title', roles: ['practitioner'] },
  },
]
