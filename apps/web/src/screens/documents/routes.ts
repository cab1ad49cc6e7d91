import type { RouteRecordRaw } from 'vue-router'

export const routes: RouteRecordRaw[] = [
  { path: '/documents', name: 'documents', component: () => import('./DocumentsScreen.vue'), meta: { open: true, title: 'documents.title' } },
  {
    path: '/documents/:id',
    name: 'document',
    component: () => import('./DocumentScreen.vue'),
    props: true,
    meta: { open: true, title: 'documents.title', wide: true },
  },
]
