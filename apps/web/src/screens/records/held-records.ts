// The records read so far, held in memory while the person goes to one record and back, so that the list need not be read (and noted in
// the log) again. Gone when the role changes, on sign-out and with the page; never written to the device.
import { computed, effectScope, reactive, shallowRef, watch } from 'vue'
import type { PractitionerRow } from '@attune/contract'
import { call } from '../../api.ts'
import { toRefusal, type Refusal } from '../../refusal.ts'
import { grant } from '../../session/session.ts'
import { readAllRecords, type Reading } from './read-all-records.ts'
import { everyRecord, filterRecords, type RecordFilter } from './record-filter.ts'
import { purposes } from './purposes.ts'
import { newestFirst, sortRecords, type SortOrder } from './sort-records.ts'

const nothing: Reading = { records: [], total: 0, complete: false }

const reading = shallowRef<Reading>(nothing)
const refusal = shallowRef<Refusal>()
const isReading = shallowRef(false)
const practitioners = shallowRef<readonly PractitionerRow[]>([])
const order = shallowRef<SortOrder>(newestFirst)
const filter = reactive<{ -readonly [name in keyof RecordFilter]: string }>({ ...everyRecord })
const place = { scrollTop: 0, row: 0, column: 0 }
let turn = 0
let heldFor: string | undefined

const practitionerNames = computed(() => new Map(practitioners.value.map((row) => [row.practitionerId, row.name])))
const shown = computed(() => sortRecords(filterRecords(reading.value.records, filter), order.value, practitionerNames.value))

function forget(): void {
  turn += 1
  reading.value = nothing
  refusal.value = undefined
  isReading.value = false
  practitioners.value = []
  order.value = newestFirst
  Object.assign(filter, everyRecord)
  Object.assign(place, { scrollTop: 0, row: 0, column: 0 })
  heldFor = undefined
}

/** Reads the records page by page; what came before stays on screen until the first page is there. */
async function read(): Promise<void> {
  turn += 1
  const mine = turn
  refusal.value = undefined
  isReading.value = true
  try {
    const [people] = await Promise.all([call('GET /api/practitioners', { purpose: purposes.read }), takePages(mine)])
    if (mine === turn) practitioners.value = people.practitioners
  } catch (thrown) {
    if (mine === turn) refusal.value = toRefusal(thrown)
  } finally {
    if (mine === turn) isReading.value = false
  }
}

async function takePages(mine: number): Promise<void> {
  const pages = readAllRecords((query) => call('GET /api/records', { query, purpose: purposes.read, patience: 60_000 }))
  for await (const soFar of pages) {
    if (mine !== turn) return
    reading.value = soFar
  }
}

function stop(): void {
  turn += 1
  isReading.value = false
}

effectScope(true).run(() => watch(() => grant.value?.grantId, forget, { flush: 'sync' }))

/** The held records of the role in use; reads them when there are none yet. */
export function useHeldRecords() {
  if (heldFor !== grant.value?.grantId) {
    forget()
    heldFor = grant.value?.grantId
    void read()
  }
  return { reading, refusal, isReading, practitioners, practitionerNames, order, filter, shown, place, read, stop }
}
