import type { OwnCodeRequestRow, WaitingCodeRequestRow } from '@attune/contract'

type RequestFacts = {
  readonly request_id: string
  readonly reference: string
  readonly service_id: string
  readonly practitioner_id: string
  readonly session_on: string
  readonly asked_at: Date
  readonly operator_on: string
  readonly state: 'waiting' | 'found' | 'none'
}

/** For whoever asked: the code and nothing else of any record. A code that was erased meanwhile is gone. */
export function presentOwnCodeRequest({ row, code }: { readonly row: RequestFacts; readonly code: string | undefined }): OwnCodeRequestRow {
  return {
    requestId: row.request_id,
    reference: row.reference,
    sessionOn: row.session_on,
    askedAt: row.asked_at.toISOString(),
    operatorOn: row.operator_on,
    state: row.state === 'found' && code === undefined ? 'none' : row.state,
    code: code ?? null,
  }
}

export function presentWaitingCodeRequest({
  row,
  practitioner,
}: {
  readonly row: RequestFacts
  readonly practitioner: string
}): WaitingCodeRequestRow {
  return {
    requestId: row.request_id,
    reference: row.reference,
    serviceId: row.service_id,
    practitionerId: row.practitioner_id,
    practitioner,
    sessionOn: row.session_on,
    askedAt: row.asked_at.toISOString(),
  }
}
