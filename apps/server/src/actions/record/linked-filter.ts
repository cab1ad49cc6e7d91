import type { RecordFilter } from '../../store/records/record-rows.ts'
import type { Acting } from '../acting.ts'

const nobody = '00000000-0000-0000-0000-000000000000'

/** Rows opened for a request are those of its client and no others; a hold does not hide them from whoever looks into the request. */
export function toLinkedFilter({ request }: Acting): RecordFilter {
  return request === undefined ? {} : { serviceId: request.serviceId, clientId: request.clientId ?? nobody, restricted: 'with' }
}
