// Visits to the sign-in of an organisation: the browser leaves for it and comes back to /signed-in, where the answer is handed to the server.
import type { VisitEnd, VisitStart } from '@attune/contract'
import { call } from '../api.ts'
import { takeSession } from './session.ts'

/** Leaves this page for the organisation's. Raises a Refusal when the server cannot send anybody there. */
export async function visitProvider(visit: VisitStart): Promise<void> {
  const { url } = await call('POST /api/session/provider/begin', { body: visit })
  location.assign(url)
}

/** Goes there to prove who is here, and comes back to the page that is open. */
export const confirmAtProvider = (): Promise<void> => visitProvider({ purpose: 'confirm', back: location.pathname + location.search })

/** Hands over what the browser came back with. */
export async function comeBack(answer: string): Promise<VisitEnd> {
  const end = await call('POST /api/session/provider', { body: { answer } })
  takeSession(end.session)
  return end
}

export async function disconnectProvider(): Promise<void> {
  takeSession(await call('DELETE /api/factors/provider'))
}
