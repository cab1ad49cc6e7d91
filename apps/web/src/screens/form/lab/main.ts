// A page for tests: one form, on its own, with nothing behind it. The test puts the form into `attuneLab` before the page loads and reads
// there what was saved and sent. It is no part of the app that is built.
import type { FormView, MapView } from '@attune/contract'
import { createApp, defineComponent, h } from 'vue'
import { createMemoryHistory, createRouter, RouterView } from 'vue-router'
import '../../../trusted-types.ts'
import '../../../styles/main.scss'
import FormScreen from '../FormScreen.vue'
import { warmUp } from '../warm-up.ts'
import { memoryPorts, type Lab } from './memory-ports.ts'

declare global {
  var attuneLab: {
    form: FormView
    files?: Record<string, Blob>
    map?: MapView
    lab?: Lab
    draftId?: string
    go?: (address: string) => Promise<unknown>
  }
}

warmUp()
const lab = memoryPorts(attuneLab.form, attuneLab.files, attuneLab.map)
attuneLab.lab = lab
const Over = defineComponent({ name: 'LabOver', setup: () => () => h('h1', { class: 'govuk-heading-l' }, 'The form is over') })
const router = createRouter({
  history: createMemoryHistory(),
  routes: [
    { path: '/', component: Over },
    { path: '/receipt/:id', component: Over },
    {
      path: '/form/:formId/:draftId?',
      component: FormScreen,
      props: ({ params }) => ({
        formId: String(params['formId']),
        ...(params['draftId'] ? { draftId: String(params['draftId']) } : {}),
        ports: lab.ports,
      }),
    },
  ],
})
attuneLab.go = (address) => router.push(address)
await router.push(`/form/${attuneLab.form.formId}${attuneLab.draftId === undefined ? '' : `/${attuneLab.draftId}`}`)
const Frame = defineComponent({
  name: 'LabFrame',
  setup: () => () => h('div', { class: 'govuk-width-container' }, h('main', { class: 'govuk-main-wrapper', id: 'main' }, h(RouterView))),
})
createApp(Frame).use(router).mount('#app')
