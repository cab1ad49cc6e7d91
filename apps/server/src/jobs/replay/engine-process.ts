// The process that replays submissions through the same engine that people filled them in with. It has a page of its own (jsdom), so the
// server stays without one. Forms stay loaded by hash; each session is closed, because the engine keeps what it is not told to drop.
import { readdirSync } from 'node:fs'
import os from 'node:os'
import { JSDOM } from 'jsdom'
import { findDifferences, openForm, lendPage, type OpenForm } from '@attune/forms/engine'
import type { ReplayAnswer, ReplayQuestion } from './replayer.ts'

// Nobody waits for a replay, and whoever sends a record does wait. On Linux a priority is a thread's own, and the helpers that compile and collect memory are
// there already.
const threads = process.platform === 'linux' ? readdirSync('/proc/self/task').map(Number) : [0]
for (const thread of threads) os.setPriority(thread, os.constants.priority.PRIORITY_LOW)
lendPage(new JSDOM('<!doctype html><html></html>').window)
const formsKept = 8
const forms = new Map<string, OpenForm>()

async function getForm(hash: string, xml: string, lists: Readonly<Record<string, string>>): Promise<OpenForm> {
  const kept = forms.get(hash)
  if (kept !== undefined) return kept
  const form = await openForm(xml, { findFile: async (name) => (lists[name] === undefined ? undefined : new Blob([lists[name]])) })
  if (forms.size >= formsKept) forms.delete(forms.keys().next().value ?? '')
  forms.set(hash, form)
  return form
}

async function replay({
  formHash,
  formXml,
  lists = {},
  submission,
  attachments,
  ignored,
  unruled,
  derived,
}: ReplayQuestion): Promise<Omit<ReplayAnswer, 'id'>> {
  try {
    const form = await getForm(formHash, formXml, lists)
    const session = await form.restoreSession({ xml: submission, attachments: attachments.map((name) => ({ name, blob: new Blob(['x']) })) })
    try {
      const lenient = new Set([...ignored, ...unruled])
      const broken = session.violations().filter(({ path }) => !lenient.has(path.slice(path.lastIndexOf('/') + 1)))
      const places = broken.map(({ path, kind }) => ({ path, why: kind }))
      const differing = findDifferences(submission, session.toDraft().xml, new Set(ignored), new Set(derived)).map((path) => ({
        path,
        why: 'differs' as const,
      }))
      return { places: [...places, ...differing] }
    } finally {
      session.close()
    }
  } catch (failure) {
    // A form that failed once is beyond use in the engine; the next record loads it afresh.
    forms.delete(formHash)
    return { places: [{ path: '/', why: failure instanceof Error && failure.name === 'FormUnusable' ? 'form-unusable' : 'engine-failed' }] }
  }
}

// One at a time per form is the engine's rule; one at a time altogether keeps the memory flat.
let queue: Promise<unknown> = Promise.resolve()
process.on('message', (question: ReplayQuestion) => {
  queue = queue.then(async () => process.send?.({ id: question.id, ...(await replay(question)) } satisfies ReplayAnswer))
})
// The server has ended, however it ended: nobody asks any more.
process.on('disconnect', () => process.exit())
