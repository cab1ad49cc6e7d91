// What people do at the forms' desk, over the wire.
import { randomUUID } from 'node:crypto'
import type { FormOutline } from '@attune/forms'
import { toSubmissionXml, type Given } from '../src/actions/submission/to-submission-xml.ts'
import type { Client, Reply } from './attune.ts'
import { sendXml, sessionGiven } from './submission.ts'

export { changedClientForm, toSurveyRow } from '../../../packages/programme/test/changed-form.ts'

export const handIn = (client: Client, content: string | Buffer, fileName = 'client-session.md'): Promise<Reply> =>
  client.post('/api/form-drafts', { fileName, content: Buffer.from(content).toString('base64') })

/** Hands a form in as one and publishes it as another. */
export async function publishForm([first, second]: readonly [Client, Client], content: string | Buffer): Promise<Reply> {
  const handed = await handIn(first, content)
  if (handed.body.draft === null) throw new Error(JSON.stringify(handed.body.issues))
  return second.post(`/api/form-drafts/${handed.body.draft.draftId}/publish`)
}

export const review = {
  whom: 'Parents who meet us because they worry about how close they are.',
  fit: 'It asks about closeness and conflict, which the films are about.',
  licence: 'Free for services; totals only are typed in.',
  need: 'Our commissioner asks for this measure every year.',
}
export const proposal = (more: object = {}) => ({
  serviceId: 'north',
  scaleId: 'cprs',
  domain: 'relationship',
  purposes: ['guide-practice', 'report'],
  review,
  ...more,
})

export type Form = { readonly formId: string; readonly version: string; readonly outline: FormOutline }

/** The client form that somebody's next session is filled in with. */
export async function findTodaysForm(client: Client): Promise<Form> {
  const { forms } = (await client.get('/api/forms')).body as { forms: { formId: string; version: string; kind: string }[] }
  const { formId, version } = forms.find(({ kind }) => kind === 'client-record')!
  return (await client.get(`/api/forms/${formId}/${encodeURIComponent(version)}`)).body as Form
}

export const sendWith = (client: Client, { outline }: Pick<Form, 'outline'>, more: Given = {}, instanceId = randomUUID()): Promise<Reply> =>
  sendXml(client, toSubmissionXml(outline, sessionGiven(more), { instanceId }))
