// What a sender is told about an accepted submission: that it is here, and nothing of what it says (DCS-075).
import type { Receipt } from '@attune/contract'

export type Received = {
  readonly instanceId: string
  readonly formId: string
  readonly code: string | null
  readonly receivedAt: Date
  readonly receivedOn: string
  readonly repeated: boolean
}

export function presentReceipt({ instanceId, formId, code, receivedAt, receivedOn, repeated }: Received): Receipt {
  return { instanceId, formId, code, repeated, receivedAt: receivedAt.toISOString(), day: receivedOn }
}

/** The reply of the OpenRosa protocol. https://docs.getodk.org/openrosa-http/#openrosa-responses */
export function toOpenRosaReply({ instanceId, repeated }: Pick<Received, 'instanceId' | 'repeated'>): string {
  const says = repeated ? 'This record was here already. Nothing was changed.' : 'Thank you. The record has arrived.'
  return `<?xml version="1.0" encoding="UTF-8"?><OpenRosaResponse xmlns="http://openrosa.org/http/response"><message nature="submit_success">${says}</message><submissionMetadata xmlns="http://www.opendatakit.org/xforms" instanceID="uuid:${instanceId}"/></OpenRosaResponse>`
}
