import { createRouter, createWebHistory } from 'vue-router'
import { findDetour } from './detour.ts'
import { roomRoutes } from './screens/routes.ts'

export const router = createRouter({
  history: createWebHistory(),
  routes: [
    ...roomRoutes,
    {
      path: '/:pathMatch(.*)*',
      name: 'not-found',
      component: () => import('./screens/offline/NotFoundScreen.vue'),
      meta: { open: true, title: 'notFound.title' },
    },
  ],
  scrollBehavior: (_to, _from, saved) => saved ?? { top: 0 },
})

/** Lets nobody through before it is known who is at the device; the shell is on screen meanwhile. */
export function guardRoutes(known: Promise<void>): void {
  router.beforeEach(async (to) => {
    // The page that opens the vault is for everybody and still has to know whose.
    if (to.meta.open !== true || to.name === 'unlock') await known
    return findDetour(to) ?? true
  })
}

// A screen whose file cannot be had (no signal, and not kept on the device) says so instead of leaving a blank page.
router.onError((fault, to) => {
  if (/dynamically imported module|module script|preload/i.test(String(fault)) && to.name !== 'offline')
    void router.replace({ name: 'offline', query: { back: to.fullPath } })
})
