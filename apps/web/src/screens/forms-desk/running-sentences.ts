import type { DraftView } from '@attune/contract'
import { say } from '../../messages/index.ts'

/** What publishing means for records that are there and for sessions on their way, a sentence each. */
export function toRunningSentences(
  { difference, running, draft }: Pick<DraftView, 'difference' | 'running' | 'draft'>,
  service: string,
): readonly string[] {
  if (running === null) return []
  const parts = new Set(difference?.changed.flatMap((change) => change.parts) ?? [])
  const isOwn = (draft?.measure ?? null) !== null
  const sentences: readonly (string | false)[] = [
    isOwn && say('draft.runningOnly', { service }),
    running.records.hidden ? say('draft.runningFew') : say('draft.runningRecords', { count: running.records.value }),
    (difference?.added.length ?? 0) > 0 && say('draft.runningAdded'),
    (difference?.removed.length ?? 0) > 0 && say('draft.runningRemoved'),
    parts.has('choices') && say('draft.runningChoices'),
    parts.has('words') && say('draft.runningWords'),
    running.versions.length > 0 && say('draft.runningDrafts', { versions: running.versions.join(', ') }),
    !isOwn && draft?.kind === 'client-record' && say('draft.runningOwn'),
  ]
  return sentences.filter((sentence) => sentence !== false)
}
