import { showClientCode } from '@attune/policy'
import type { UploadNode } from '@attune/forms/engine'
import { say, sayWhen, uiLanguage } from '../../messages/index.ts'
import type { CopyContent, CopyRow, Picture, SheetFacts } from '../../pdf/index.ts'
import { attachmentName } from '../../progress-copy/progress-copy.ts'
import { toAnswerSections, type AnswerRow } from './answer-words.ts'
import type { NoticeFacts } from './form-ports.ts'
import { formLanguageTag } from './form-language.ts'
import { toScoreCards } from './score-cards.ts'
import type { FormRun } from './use-form-run.ts'

/** The practitioner keeps one for the next session; the client gets one to keep, in plainer words and with nothing for machines in it. */
export type CopyAudience = 'practitioner' | 'client'

/** Everything on a copy, in the language of the form. `signed` is what the practitioner's copy carries to the next session. */
export async function toCopyContent(
  run: FormRun,
  notice: NoticeFacts | undefined,
  at: Date,
  audience: CopyAudience,
  signed: string | undefined,
): Promise<CopyContent> {
  const forClient = audience === 'client'
  const codeQuestion: unknown = run.form.questions['clientCode']
  const code = typeof codeQuestion === 'string' ? run.answerTo(codeQuestion) : ''
  const made = run.answerTo('code_source') === 'form'
  const sections = toAnswerSections(run.pages.value).filter(({ rows }) => rows.length > 0)
  return {
    ...toSheetFacts(run.form.title, run.language.value, notice, at),
    ...(forClient && { foot: say('form.pdfFootClient'), opening: say('form.clientOpening') }),
    ...(forClient && notice !== undefined && { closing: { title: say('form.clientRights'), lines: toRightsLines(notice) } }),
    ...(signed !== undefined && {
      attachment: { name: attachmentName, says: say('form.pdfAttachment'), type: 'application/json', text: signed },
    }),
    code: code === '' ? undefined : { label: say('form.codeCard'), shown: made ? showClientCode(code) : code },
    scores: {
      title: say('form.scores'),
      note: say('form.scoreNot'),
      cards: toScoreCards(run.form.measures, run.answerTo).map((card) => ({
        name: card.name,
        lines: card.lines.map(({ name, score, range, band }) =>
          [name === undefined ? score : `${name}: ${score}`, range, band && `(${band})`].filter((part) => part !== undefined).join(' '),
        ),
        says: [forClient ? card.about : undefined, card.care, card.says].filter((sentence) => sentence !== undefined),
      })),
    },
    sections: await Promise.all(sections.map(async ({ page, rows }) => ({ title: page.title, rows: await Promise.all(rows.map(toCopyRow)) }))),
  }
}

function toRightsLines({ rights, contact }: NoticeFacts): string[] {
  return [say('form.clientRightsSays'), ...rights, say('form.pdfContact', { contact })]
}

/** Title, notice and foot of a sheet. */
export function toSheetFacts(title: string, language: string, notice: NoticeFacts | undefined, at: Date): SheetFacts {
  const printed = say('form.pdfPrinted', { when: sayWhen(at) })
  const lines =
    notice === undefined
      ? [printed]
      : [
          `${notice.programme}, ${notice.operator}`,
          say('form.pdfNotice', { edition: notice.edition }),
          say('form.pdfContact', { contact: notice.contact }),
          printed,
        ]
  return {
    title,
    language: formLanguageTag(language) ?? (uiLanguage() === 'cy' ? 'cy' : 'en-GB'),
    lines,
    foot: say('form.pdfFoot'),
    page: (page, pages) => say('form.pdfPage', { page, pages }),
    demo: notice?.demo === true ? say('form.pdfDemo') : undefined,
  }
}

async function toCopyRow(row: AnswerRow): Promise<CopyRow> {
  const label = row.within === '' ? row.label : `${row.within}: ${row.label}`
  const picture = row.node.nodeType === 'upload' ? await toPicture(row.node, label) : undefined
  return { label, answer: row.answer || say('form.noAnswer'), answered: row.answer !== '', ...(picture === undefined ? {} : { picture }) }
}

async function toPicture(node: UploadNode, says: string): Promise<Picture | undefined> {
  const file = node.currentState.value
  if (file === null || (file.type !== 'image/png' && file.type !== 'image/jpeg')) return undefined
  return { bytes: new Uint8Array(await file.arrayBuffer()), type: file.type, says }
}
