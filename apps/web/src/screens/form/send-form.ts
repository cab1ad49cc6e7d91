import type { ShownDocuments } from '@attune/contract'
import { say } from '../../messages/index.ts'
import { countFacts } from '../../guard/make-guard.ts'
import { findLeftIn } from './find-left-in.ts'
import type { FormPorts } from './form-ports.ts'
import { toLastSaved } from './last-saved.ts'
import type { FormRun } from './use-form-run.ts'

export type SendOutcome = { readonly sent: true; readonly path: string } | { readonly sent: false; readonly sentence: string }

/** Hands a finished form to the outbox. Its draft is on the disk before, and stays there until the server has the answers. */
export async function sendForm(run: FormRun, ports: FormPorts, shown?: ShownDocuments): Promise<SendOutcome> {
  const prepared = await run.session.prepareSubmission()
  if (prepared.status !== 'ready') return { sent: false, sentence: say('form.notFinished') }
  try {
    await run.save()
    if (run.saveState.value !== 'saved') return { sent: false, sentence: say('form.saveFailed') }
    const question: unknown = run.form.questions['clientCode']
    const { instanceId, xml, attachments } = prepared
    const keptFacts = countFacts((await findLeftIn(run)).flatMap(({ findings }) => findings))
    const code = typeof question === 'string' ? run.answerTo(question) : ''
    await ports.send({ draftId: run.draftId, instanceId, formId: run.form.formId, xml, attachments, title: run.form.title, code, keptFacts, shown })
    // The record is on its way; that the next form starts with less is no reason to say otherwise.
    const remembered = toLastSaved(run.form, xml)
    if (remembered !== undefined) await ports.keepLastSaved(run.form.formId, remembered).catch(() => undefined)
    // From here on the outbox owns the draft: a late save would bring back what it has wiped.
    run.leave()
    return { sent: true, path: ports.receiptPath(instanceId) }
  } catch {
    return { sent: false, sentence: say('form.sendFailed') }
  }
}
