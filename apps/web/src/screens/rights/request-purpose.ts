// Under which purpose of the policy the records of a request's client are opened. A request that has none is answered without a look at them.
import type { RequestType } from '@attune/policy'

const purposeOf: { readonly [type in RequestType]?: 'correct' | 'delete-on-request' | 'transfer-on-request' } = {
  rectify: 'correct',
  restrict: 'correct',
  delete: 'delete-on-request',
  withdraw: 'delete-on-request',
  object: 'delete-on-request',
  access: 'transfer-on-request',
  port: 'transfer-on-request',
}

export const findRequestPurpose = (type: RequestType) => purposeOf[type]

/** True when records may be opened for the request now: it is about a client, somebody has made sure who asks, and it has not ended. */
export function isOpenable({ type, subject, state }: { readonly type: RequestType; readonly subject: string; readonly state: string }): boolean {
  return subject === 'client' && (state === 'confirmed' || state === 'proposed') && findRequestPurpose(type) !== undefined
}
