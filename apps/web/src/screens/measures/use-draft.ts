// What both pages about a service's own measures share: the measures as they are, what is missing, and sending a draft that somebody else looks over.
import type { MeasuresPage } from '@attune/contract'
import { computed, onMounted, ref, shallowRef } from 'vue'
import { useRouter } from 'vue-router'
import { toRefusal, type Refusal } from '../../refusal.ts'
import { grant } from '../../session/session.ts'
import type { PageProblem } from '../../shell/ErrorSummary.vue'

/** `read` fetches what the page needs and is called at once; it is tried again by `load`. */
export function useDraft(read: () => Promise<MeasuresPage>) {
  const router = useRouter()
  const page = shallowRef<MeasuresPage>()
  const refusal = shallowRef<Refusal>()
  const problems = shallowRef<readonly PageProblem[]>([])
  const isSending = ref(false)
  const isLead = computed(() => grant.value?.role === 'service-lead')

  async function load(): Promise<void> {
    refusal.value = undefined
    try {
      page.value = await read()
    } catch (thrown) {
      refusal.value = toRefusal(thrown)
    }
  }

  /** Sends when nothing is missing, and goes where the draft can be seen: the lead's own list, or the desk of forms. */
  async function send(missing: readonly PageProblem[], ask: () => Promise<{ readonly draftId: string }>): Promise<void> {
    refusal.value = undefined
    problems.value = missing
    if (missing.length > 0) return
    isSending.value = true
    try {
      const { draftId } = await ask()
      await router.push(isLead.value ? { name: 'measures', query: { proposed: draftId } } : { name: 'form-draft', params: { draftId } })
    } catch (thrown) {
      refusal.value = toRefusal(thrown)
    } finally {
      isSending.value = false
    }
  }

  onMounted(load)
  return { page, refusal, problems, isSending, isLead, load, send }
}
