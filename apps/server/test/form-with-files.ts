// What people do at the forms' desk with a form and the files beside it, over the wire.
import type { Client, Reply } from './attune.ts'
import { onePixel } from './submission.ts'

export { formWithFiles } from '../../../packages/programme/test/form-with-files.ts'

export type Beside = Readonly<Record<string, string | Buffer>>

export const towns = 'name,label,area\nabc,Abertown,north\ndef,Deepdale,south\nghi,Glenford,north\n'
/** Another PNG: the same pixel, with a note in it. */
export const otherPixel = (() => {
  const note = Buffer.from('0000000274455874610089a7cc6e', 'hex')
  return Buffer.concat([onePixel.subarray(0, 33), note, onePixel.subarray(33)])
})()

export const handInWith = (client: Client, content: string | Buffer, files: Beside = {}, fileName = 'client-session.md'): Promise<Reply> =>
  client.post('/api/form-drafts', {
    fileName,
    content: Buffer.from(content).toString('base64'),
    files: Object.entries(files).map(([name, bytes]) => ({ name, content: Buffer.from(bytes).toString('base64') })),
  })

/** Hands in as one and publishes as another. */
export async function publishWith([one, other]: readonly [Client, Client], content: string | Buffer, files: Beside = {}): Promise<Reply> {
  const handed = await handInWith(one, content, files)
  if (handed.body.draft === null) throw new Error(JSON.stringify(handed.body.issues))
  return other.post(`/api/form-drafts/${handed.body.draft.draftId}/publish`)
}
