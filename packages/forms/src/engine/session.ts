import type { FormLanguage, RootNode } from '@getodk/xforms-engine'
import { isUpload, leavesOf, type SectionNode } from './nodes.ts'
import type { Attachment, Draft } from './open-form.ts'
import { violationsOf, type Violation } from './violations.ts'

export type PreparedSubmission =
  | { readonly status: 'ready'; readonly instanceId: string; readonly xml: string; readonly attachments: readonly Attachment[] }
  | { readonly status: 'incomplete'; readonly violations: readonly Violation[] }

export type FormSession = {
  readonly root: RootNode
  /** Languages as the author named them; a form without translations has one, named "". */
  readonly languages: readonly string[]
  language(): string
  setLanguage(language: string): void
  /** The session as a draft. Answers to questions that are not asked now are not part of it. */
  toDraft(): Draft
  /** What is not right yet, below a node or in the whole form. Kept up to date by the engine; reading it costs nothing. */
  violations(below?: SectionNode): Violation[]
  /** The form as it would be sent, byte for byte, or what stands in the way. */
  prepareSubmission(): Promise<PreparedSubmission>
  /** Lets the engine forget this session. Its nodes must not be used afterwards. */
  close(): void
}

export function toSession(root: RootNode, letGo: () => void): FormSession {
  markAttachments(root)
  let closed = false
  return {
    root,
    languages: root.languages.map(({ language }) => language),
    language: () => root.currentState.activeLanguage.language,
    setLanguage(language) {
      const found = root.languages.find((candidate) => candidate.language === language)
      if (found !== undefined && found.isSyntheticDefault !== true) root.setLanguage(found as FormLanguage)
    },
    toDraft: () => ({ xml: root.instanceState.instanceXML, attachments: attachmentsOf(root) }),
    violations: (below) => violationsOf(below ?? root),
    async prepareSubmission() {
      const violations = violationsOf(root)
      if (violations.length > 0) return { status: 'incomplete', violations }
      const payload = await root.prepareInstancePayload({ payloadType: 'monolithic' })
      const [sent] = payload.data
      const xml = await sent.get('xml_submission_file').text()
      const attachments = [...sent.entries()].filter(([name]) => name !== 'xml_submission_file').map(([name, blob]) => ({ name, blob }))
      return { status: 'ready', instanceId: instanceIdOf(xml), xml, attachments }
    },
    close() {
      if (closed) return
      closed = true
      letGo()
    },
  }
}

/** The engine leaves restored files out of the next submission unless each is set again. */
function markAttachments(root: RootNode): void {
  for (const node of leavesOf(root)) {
    if (isUpload(node) && node.currentState.value !== null) node.setValue(node.currentState.value)
  }
}

function attachmentsOf(root: RootNode): Attachment[] {
  return leavesOf(root).flatMap((node) => {
    if (!isUpload(node) || node.currentState.value === null) return []
    return [{ name: node.currentState.instanceValue, blob: node.currentState.value }]
  })
}

function instanceIdOf(xml: string): string {
  return /<(?:[\w.-]+:)?instanceID[^>]*>([^<]+)</.exec(xml)?.[1]?.trim() ?? ''
}
