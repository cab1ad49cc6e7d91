import { isShown, nameOf, plainText, textOf, type QuestionNode } from '@attune/forms/engine'
import { say } from '../../messages/index.ts'
import { fieldId } from '../../widgets/index.ts'
import type { Finding } from '../../widgets/text-guard.ts'
import { questionsOfNodes } from './page-questions.ts'
import type { FormRun } from './use-form-run.ts'

/** A free-text answer in which something still may say who somebody is. */
export type LeftIn = {
  readonly pageId: string
  readonly nodeId: string
  readonly field: string
  readonly label: string
  readonly text: string
  readonly findings: readonly Finding[]
}

/** Looks through every free-text answer as it stands, also through what was kept before. */
export async function findLeftIn(run: FormRun): Promise<LeftIn[]> {
  const { guard } = run
  if (guard === undefined) return []
  const code: unknown = run.form.questions['clientCode']
  const texts = run.pages.value.flatMap((page) => questionsOfNodes(page.nodes).map((node) => ({ page, node })))
  const looked = await Promise.all(
    texts
      .filter(({ node }) => isFreeText(node) && nameOf(node) !== code)
      .map(async ({ page, node }) => {
        const text = textOf(node)
        const label = plainText(node.currentState.label) || say('form.unnamed')
        return { pageId: page.id, nodeId: node.nodeId, field: fieldId(node), label, text, findings: await guard.lookAgain(text) }
      }),
  )
  return looked.filter(({ findings }) => findings.length > 0)
}

const isFreeText = (node: QuestionNode): boolean => node.nodeType === 'input' && node.valueType === 'string' && isShown(node)
