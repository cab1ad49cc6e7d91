import type { RouteRecordRaw } from 'vue-router'

export const routes: RouteRecordRaw[] = [
  { path: '/sign-in', name: 'sign-in', component: () => import('./SignInScreen.vue'), meta: { open: true, title: 'signIn.title' } },
  {
    path: '/sign-in/second-step',
    name: 'second-step',
    component: () => import('./SecondStepScreen.vue'),
    meta: { half: true, title: 'second.title' },
  },
  { path: '/signed-in', name: 'signed-in', component: () => import('./SignedInScreen.vue'), meta: { open: true, title: 'signIn.title' } },
  { path: '/demo', name: 'demo', component: () => import('./DemoScreen.vue'), meta: { open: true, title: 'demo.title' } },
  { path: '/sign-out', name: 'sign-out', component: () => import('./SignOutScreen.vue'), meta: { open: true, title: 'signOut.title' } },
]
