import type { FormOutline } from '@attune/forms'
import { toBlankContent } from './blank-content.ts'
import { findPaperPictures } from './paper-pictures.ts'
import { toCopyContent, type CopyAudience } from './copy-content.ts'
import type { FormPorts } from './form-ports.ts'
import { toProgressCopy } from './to-progress-copy.ts'
import type { FormRun } from './use-form-run.ts'
import { toLocalDay } from '../../widgets/local-time.ts'

/**
 * Makes the PDF of the answers on this device and hands it to the browser to keep. Works with no network. The practitioner's own carries what the
 * next session needs, signed; false when this device could not sign.
 */
export async function saveCopy(run: FormRun, ports: FormPorts, audience: CopyAudience): Promise<boolean> {
  const at = ports.now()
  const [{ makeCopy }, notice] = await Promise.all([import('../../pdf/index.ts'), ports.notice()])
  const copy =
    audience === 'practitioner' && notice !== undefined ? toProgressCopy(run, notice.programmeId, notice.edition, toLocalDay(at)) : undefined
  const signed = copy === undefined ? undefined : await ports.signCopy(copy)
  const code: unknown = run.form.questions['clientCode']
  // Named by code and day: a file name shows in places that the answers should not.
  const name = [run.form.formId, audience === 'client' ? 'for-client' : '', typeof code === 'string' ? run.answerTo(code) : '', toLocalDay(at)]
    .filter((part) => part !== '')
    .join('-')
  keepFile(await makeCopy(await toCopyContent(run, notice, at, audience, signed), at), `${name.replace(/[^\w-]+/g, '')}.pdf`)
  return copy === undefined || signed !== undefined
}

/** Makes the paper form: the same questions, no answer of anybody. */
export async function saveBlank(run: FormRun, ports: FormPorts): Promise<void> {
  const at = ports.now()
  const [{ makeBlank }, notice] = await Promise.all([import('../../pdf/index.ts'), ports.notice()])
  const outline = run.form.outline as FormOutline
  const pictures = await findPaperPictures(outline, (name) => ports.findFile(run.form, name))
  keepFile(await makeBlank(toBlankContent(outline, run.language.value, notice, at, pictures), at), `${run.form.formId}-blank.pdf`)
}

function keepFile(bytes: Uint8Array, name: string): void {
  const url = URL.createObjectURL(new Blob([bytes as BlobPart], { type: 'application/pdf' }))
  const link = document.createElement('a')
  link.href = url
  link.download = name
  document.body.append(link)
  link.click()
  link.remove()
  setTimeout(() => URL.revokeObjectURL(url), 60_000)
}
