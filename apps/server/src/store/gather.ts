// Gathers what many callers ask for at about the same time into one piece of work: while one runs, the next one fills.
// Thirty submissions of new clients then cost one durable write in the keyring and not thirty.
import { setImmediate as nextTurn } from 'node:timers/promises'

/** How long work waits for those who are just coming, in turns of the event loop: each hands over what has arrived on the wire meanwhile. */
const mostTurns = 4

/**
 * `limit`: the most requests in one piece. `halves`: when many come at once to work that rests, half of them begin and the others follow, so that what the
 * database has to do for some and what is to be done here for the others goes on at the same time, and neither waits for all of the other.
 */
export type Gathering = { readonly limit?: number; readonly halves?: boolean }

/** `work` gets the gathered requests and answers them in their order; if it fails, all of them fail. */
export function gather<Request, Reply>(
  work: (requests: readonly Request[]) => Promise<readonly Reply[]>,
  { limit = 1_000, halves = false }: Gathering = {},
): (request: Request) => Promise<Reply> {
  type Waiting = { request: Request; resolve: (reply: Reply) => void; reject: (error: unknown) => void }
  let waiting: Waiting[] = []
  let running = false

  // People who were answered together ask again together, but never in one moment: without this the first of them would start at once and cost
  // a trip to the disk alone. Who is alone waits for one turn of nothing, some microseconds.
  async function letIn(): Promise<void> {
    for (let seen = 0, turns = 0; waiting.length > seen && waiting.length < limit && turns < mostTurns; turns++) {
      seen = waiting.length
      await nextTurn()
    }
  }

  async function run(): Promise<void> {
    running = true
    await letIn()
    let most = halves ? Math.ceil(waiting.length / 2) : limit
    while (waiting.length > 0) {
      const batch = waiting.slice(0, Math.min(most, limit))
      waiting = waiting.slice(batch.length)
      most = limit
      try {
        const replies = await work(batch.map(({ request }) => request))
        batch.forEach(({ resolve }, index) => resolve(replies[index]!))
      } catch (error) {
        for (const { reject } of batch) reject(error)
      }
      await letIn()
    }
    running = false
  }

  return (request) =>
    new Promise((resolve, reject) => {
      waiting.push({ request, resolve, reject })
      if (!running) void run()
    })
}

/** Like `gather`, apart for each owner (a database): what is asked of one is never answered by another. */
export function gatherFor<Owner extends object, Request, Reply>(
  work: (owner: Owner, requests: readonly Request[]) => Promise<readonly Reply[]>,
  how?: Gathering,
): (owner: Owner, request: Request) => Promise<Reply> {
  const gathered = new WeakMap<Owner, (request: Request) => Promise<Reply>>()
  return (owner, request) => {
    let ask = gathered.get(owner)
    if (ask === undefined) gathered.set(owner, (ask = gather((requests) => work(owner, requests), how)))
    return ask(request)
  }
}
