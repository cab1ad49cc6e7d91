import type * as Engine from '@getodk/xforms-engine'

let engine: Promise<typeof Engine> | undefined

/** The engine weighs more than the rest of the app together, so it is fetched when the first form is opened, and once. */
export function loadEngine(): Promise<typeof Engine> {
  engine ??= import('@getodk/xforms-engine').catch((failure: unknown) => {
    // A lost connection must not make every later attempt fail as well.
    engine = undefined
    throw failure
  })
  return engine
}
