export type DraftAttachment = { readonly name: string; readonly blob: Blob }

/** A form that was begun on this device. `updatedAt` is an instant (ISO 8601); `label` is what its owner knows it by, such as the client code. */
export type Draft = {
  readonly draftId: string
  readonly formId: string
  readonly formVersion: string
  readonly xml: string
  readonly attachments: readonly DraftAttachment[]
  readonly updatedAt: string
  readonly label?: string
  /** JSON of the earlier sessions that a saved copy brought along; left out or blank when none did. */
  readonly earlier?: string
}

/** What a list of drafts shows. */
export type DraftSummary = Omit<Draft, 'xml' | 'attachments' | 'earlier'> & {
  readonly wipedOn: string
  readonly daysLeft: number
  readonly attachmentCount: number
}

const dayMs = 86_400_000

/** The day on which a draft left alone since `updatedAt` is wiped, YYYY-MM-DD (policy: draft expiry on the device, from the last edit). */
export function wipeDay(updatedAt: string, keepDays: number): string {
  return new Date(Date.parse(updatedAt) + keepDays * dayMs).toISOString().slice(0, 10)
}

/** Whole days until the draft goes: 0 on its last day, negative when its time is over. */
export function daysLeft(wipedOn: string, today: string): number {
  return Math.round((Date.parse(wipedOn) - Date.parse(today)) / dayMs)
}

/** True from the day after its last day, so that the last day is a whole one. */
export function isPastTime(wipedOn: string, today: string): boolean {
  return wipedOn < today
}

export type DraftContent = {
  readonly format: 2
  readonly formId: string
  readonly formVersion: string
  readonly xml: string
  readonly updatedAt: string
  readonly label: string
  readonly earlier: string
  readonly attachments: readonly KeptAttachment[]
}
export type KeptAttachment = { readonly attachmentId: string; readonly name: string; readonly type: string; readonly bytes: number }

type Step = (older: Record<string, unknown>) => Record<string, unknown>
// One step per format that ever was on a disk: steps[0] takes format 1 to format 2, and so on.
const steps: readonly Step[] = [(older) => ({ ...older, format: 2, earlier: '' })]
const contentFormat = 2

/** Brings a draft's content from the format it was sealed in to today's. Raises when a newer Attune sealed it. */
export function toDraftContent(sealed: unknown, later: readonly Step[] = steps, target: number = contentFormat): DraftContent {
  if (typeof sealed !== 'object' || sealed === null || !('format' in sealed) || typeof sealed.format !== 'number')
    throw new Error('A draft on this device has no format.')
  if (sealed.format > target) throw new Error('A draft on this device was sealed by a newer Attune.')
  const steppedUp = later
    .slice(sealed.format - 1)
    .reduce<Record<string, unknown>>((content, step) => step(content), sealed as Record<string, unknown>)
  return steppedUp as DraftContent
}
