// A form being filled in: its pages, what is wrong, and its draft on the disk. No screen in here.
import type { FormView } from '@attune/contract'
import { biggerPicturesOf, type FormOutline } from '@attune/forms'
import { isSelect, leavesOf, nameOf, type FormSession, type QuestionNode } from '@attune/forms/engine'
import { computed, onBeforeUnmount, onUnmounted, ReactiveEffect, ref, shallowReactive, shallowRef, type ComputedRef, type Ref } from 'vue'
import { makeGuard, type FormGuard } from '../../guard/make-guard.ts'
import { fieldId, type Entry, type FormContext } from '../../widgets/index.ts'
import type { PageProblem } from '../../shell/ErrorSummary.vue'
import type { ProgressCopy, ProgressSession } from '../../progress-copy/progress-copy.ts'
import type { FormPorts } from './form-ports.ts'
import { earlierWords, questionFor, toCarriedAnswers, writeEarlier, type Earlier } from './earlier.ts'
import { formLanguageTag } from './form-language.ts'
import { questionsOfNodes } from './page-questions.ts'
import { toPages, type Page } from './pages.ts'
import { findProblem } from './problem-words.ts'

export type SaveState = 'nothing-yet' | 'saving' | 'saved' | 'full' | 'locked' | 'failed'
export type FormRun = {
  readonly form: FormView
  readonly session: FormSession
  readonly draftId: string
  readonly pages: ComputedRef<readonly Page[]>
  readonly context: FormContext
  /** Absent where the form asks a person about themselves: a consent holds its signer's own name. */
  readonly guard: FormGuard | undefined
  readonly saveState: Ref<SaveState>
  readonly savedAt: Ref<Date | undefined>
  readonly language: Ref<string>
  /** Earlier sessions that a saved copy brought along, whatever code stands in the form. */
  readonly earlier: Ref<Earlier | undefined>
  /** Those of them that belong to the client whose code stands in the form. */
  readonly earlierHere: ComputedRef<readonly ProgressSession[]>
  setLanguage(language: string): void
  /** Marks a page's questions as tried, so that what is wrong shows, and says what that is. */
  tryPage(page: Page): PageProblem[]
  /** What is wrong on a page without showing it there yet. */
  problemsOn(page: Page): PageProblem[]
  /** The answer to a question by its name, blank when it is not asked or not answered. */
  answerTo(question: string): string
  /** Takes in the copy of the last session: what is still empty is filled in, earlier ratings stand beside the new ones. */
  bringEarlier(copy: ProgressCopy): void
  /** Writes the draft to the disk now. */
  save(): Promise<void>
  /** From now on nothing is saved; the draft is wiped. */
  discard(): Promise<void>
  /** From now on nothing is saved; the draft stays as it is. */
  leave(): void
}

const pauseMs = 500

export function useFormRun(options: {
  form: FormView
  session: FormSession
  draftId: string
  ports: FormPorts
  keepsDraft: boolean
  codePattern: string | undefined
  earlier: Earlier | undefined
  resumed: boolean
}): FormRun {
  const { form, session, draftId, ports } = options
  const bigger = biggerPicturesOf(form.outline as FormOutline)
  const tried = shallowReactive(new Set<string>())
  const entries = shallowReactive(new Map<string, Entry>())
  const saveState = ref<SaveState>(options.resumed ? 'saved' : 'nothing-yet')
  const savedAt = shallowRef<Date>()
  const language = ref(session.language())
  const earlier = shallowRef(options.earlier)
  const earlierHere = computed(() => (earlier.value !== undefined && earlier.value.code === codeOf() ? earlier.value.sessions : []))
  const pages = computed<readonly Page[]>((before) => toPages(session.root, form.title, before))
  // Writing out hundreds of answers takes longer than showing one. So what changed is noticed without writing, and written out once, when it is saved.
  const draftNow = new ReactiveEffect(() => session.toDraft())
  draftNow.scheduler = saveSoon
  const pristine = draftNow.run().xml
  let keeps = options.keepsDraft
  let timer: ReturnType<typeof setTimeout> | undefined
  let writing: Promise<void> = Promise.resolve()

  const problemNow = (node: QuestionNode): string | undefined => entries.get(node.nodeId)?.problem ?? findProblem(node)
  const isAboutOthers = form.kind === 'client-record' || form.kind === 'practice'
  const guard = isAboutOthers ? makeGuard({ look: ports.look, roster: () => ports.roster(), code: codeOf }) : undefined
  const context: FormContext = {
    problemOf: (node) => (tried.has(node.nodeId) ? problemNow(node) : undefined),
    noteEntry: (node, entry) => {
      if (entry === undefined) entries.delete(node.nodeId)
      else entries.set(node.nodeId, entry)
    },
    entryOf: (node) => entries.get(node.nodeId),
    findFile: (name) => ports.findFile(form, name),
    biggerOf: (name) => bigger.get(name),
    languageTag: () => formLanguageTag(language.value),
    clientCode: { symbols: 10, pattern: options.codePattern },
    guard,
    earlierOf: (node) => (earlierHere.value.length === 0 ? undefined : earlierWords(form, nameOf(node), earlierHere.value, answerTo)),
    map: () => ports.map(),
    locked: () => false,
    now: ports.now,
  }

  function problemsOn(page: Page): PageProblem[] {
    return questionsOfNodes(page.nodes).flatMap((node) => {
      const text = problemNow(node)
      return text === undefined ? [] : [{ text, field: fieldId(node) }]
    })
  }

  async function write(): Promise<void> {
    if (!keeps) return
    const draft = draftNow.run()
    if (draft.xml === pristine && !options.resumed && savedAt.value === undefined && earlier.value === undefined) return
    saveState.value = 'saving'
    const at = ports.now()
    try {
      const label = codeOf()
      await ports.saveDraft({
        ...draft,
        draftId,
        formId: form.formId,
        formVersion: form.version,
        updatedAt: at.toISOString(),
        label,
        earlier: writeEarlier(earlier.value),
      })
      savedAt.value = at
      saveState.value = 'saved'
    } catch (fault) {
      saveState.value = toSaveFailure(fault)
    }
  }

  function saveSoon(): void {
    if (!keeps) return
    clearTimeout(timer)
    timer = setTimeout(() => void save(), pauseMs)
  }

  function save(): Promise<void> {
    clearTimeout(timer)
    // One write after the other: an older one must never end up on top of a newer one.
    writing = writing.then(write)
    return writing
  }

  function stopSaving(): void {
    keeps = false
    clearTimeout(timer)
  }

  function answerTo(question: string): string {
    const leaf = leavesOf(session.root).find((node) => nameOf(node) === question && node.currentState.relevant)
    return leaf === undefined ? '' : leaf.currentState.instanceValue
  }

  function codeOf(): string {
    const question = questionFor(form, 'clientCode')
    return question === undefined ? '' : answerTo(question)
  }

  const onHide = (): void => {
    if (document.visibilityState === 'hidden') void save()
  }
  document.addEventListener('visibilitychange', onHide)
  const stopLocking = ports.onLocking(save)
  onBeforeUnmount(() => void save())
  onUnmounted(() => {
    document.removeEventListener('visibilitychange', onHide)
    stopLocking()
    void writing.finally(() => session.close())
  })

  return {
    form,
    session,
    draftId,
    pages,
    context,
    guard,
    saveState,
    savedAt,
    language,
    earlier,
    earlierHere,
    setLanguage(next) {
      session.setLanguage(next)
      language.value = session.language()
    },
    tryPage(page) {
      for (const node of questionsOfNodes(page.nodes)) tried.add(node.nodeId)
      return problemsOn(page)
    },
    problemsOn,
    answerTo,
    bringEarlier(copy) {
      earlier.value = { code: copy.code, sessions: copy.sessions }
      const open = Object.entries(toCarriedAnswers(form, copy)).filter(([question]) => answerTo(question) === '')
      prefill(session, Object.fromEntries(open))
    },
    save,
    async discard() {
      stopSaving()
      await writing.catch(() => undefined)
      await ports.removeDraft(draftId)
    },
    leave: stopSaving,
  }
}

// By name: the faults come from the vault, which this file does not know.
function toSaveFailure(fault: unknown): 'full' | 'locked' | 'failed' {
  const name = fault instanceof Error ? fault.name : ''
  return name === 'DiskFull' ? 'full' : name === 'VaultLocked' ? 'locked' : 'failed'
}

/** Puts known answers into a new form: text into text, a choice into a select, several parted by spaces. Names that the form does not have are left out. */
export function prefill(session: FormSession, known: Readonly<Record<string, string>>): void {
  for (const leaf of leavesOf(session.root)) {
    const value = known[nameOf(leaf)]
    if (value === undefined) continue
    if (isSelect(leaf) && leaf.selectType === 'select') leaf.selectValues(value.split(' '))
    else if (isSelect(leaf)) leaf.selectValue(value)
    else if (leaf.nodeType === 'input') (leaf as { setValue(text: string): unknown }).setValue(value)
  }
}
