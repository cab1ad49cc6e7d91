import type { RouteRecordRaw } from 'vue-router'
import { warmUp } from './warm-up.ts'

export const routes: RouteRecordRaw[] = [
  {
    path: '/form/:formId/:draftId?',
    name: 'form',
    component: () => {
      warmUp()
      return import('./FormScreen.vue')
    },
    props: ({ params }) => ({ formId: String(params['formId']), ...(params['draftId'] ? { draftId: String(params['draftId']) } : {}) }),
    meta: { title: 'form.title', onDevice: true, roles: ['practitioner'] },
  },
]
