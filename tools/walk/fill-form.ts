// Fills a form with the real engine, as the app does, and gives back what it would send. Needs a page to live in: jsdom lends one.
import { JSDOM } from 'jsdom'
import { nameOf, openForm, shownQuestions, writeText, lendPage, type Attachment, type FormSession, type QuestionNode } from '@attune/forms/engine'

lendPage(new JSDOM('<!doctype html><html></html>').window)

export type Filled = { readonly instanceId: string; readonly xml: string; readonly attachments: readonly Attachment[] }
/** Text for most questions, several choices for select multiple and rank, a file for uploads, true for an acknowledgement. */
export type Answer = string | readonly string[] | File | true

function answer(node: QuestionNode, value: Answer): void {
  if (node.nodeType === 'select' && Array.isArray(value)) node.selectValues(value as string[])
  else if (node.nodeType === 'select') node.selectValue(String(value))
  else if (node.nodeType === 'rank') node.setValues(value as string[])
  else if (node.nodeType === 'trigger') node.setValue(true)
  else if (node.nodeType === 'upload') node.setValue(value as File)
  else if (node.nodeType === 'input' || node.nodeType === 'range') writeText(node, String(value))
  else throw new Error(`${nameOf(node)} takes no answer`)
}

function find(session: FormSession, name: string): QuestionNode {
  const node = shownQuestions(session.root).find((candidate) => nameOf(candidate) === name)
  if (node === undefined) throw new Error(`the form does not ask "${name}" now`)
  return node
}

/** Answers the questions in the order given. Throws with the places that are missing or wrong when the form would not let itself be sent. */
export async function fillForm(formXml: string, answers: Readonly<Record<string, Answer>>): Promise<Filled> {
  const session = (await openForm(formXml)).createSession()
  try {
    for (const [name, value] of Object.entries(answers)) answer(find(session, name), value)
    const prepared = await session.prepareSubmission()
    if (prepared.status !== 'ready')
      throw new Error(`the form is not ready: ${prepared.violations.map(({ path, kind }) => `${path} ${kind}`).join(', ')}`)
    return prepared
  } finally {
    session.close()
  }
}
