// Gathers what many callers ask for at about the same time into one piece of work: while one runs, the next one fills.
// Thirty submissions of new clients then cost one durable write in the keyring and not thirty.
import { setImmediate as nextTurn } from 'node:timers/promises'

/** How long work waits for those who are just coming, in turns of the event loop: each hands over what has arrived on the wire meanwhile. */
const mostTurns = 4

/** `limit`: the most requests in one piece. `second`: so many have to wait for a second piece to begin while the first is under way; never unless given. */
export type Gathering = { readonly limit?: number; readonly second?: number }

/** `work` gets the gathered requests and answers them in their order; if it fails, all of them fail. */
export function gather<Request, Reply>(
  work: (requests: readonly Request[]) => Promise<readonly Reply[]>,
  { limit = 1_000, second = Number.POSITIVE_INFINITY }: Gathering = {},
): (request: Request) => Promise<Reply> {
  type Waiting = { request: Request; resolve: (reply: Reply) => void; reject: (error: unknown) => void }
  let waiting: Waiting[] = []
  let running = 0

  // People who were answered together ask again together, but never in one moment: without this the first of them would start at once and cost
  // a trip to the disk alone. Who is alone waits for one turn of nothing, some microseconds.
  async function letIn(): Promise<void> {
    for (let seen = 0, turns = 0; waiting.length > seen && waiting.length < limit && turns < mostTurns; turns++) {
      seen = waiting.length
      await nextTurn()
    }
  }

  async function run(): Promise<void> {
    running++
    while (waiting.length >= (running === 1 ? 1 : second)) {
      await letIn()
      const batch = waiting.slice(0, limit)
      waiting = waiting.slice(limit)
      if (batch.length === 0) break
      try {
        const replies = await work(batch.map(({ request }) => request))
        batch.forEach(({ resolve }, index) => resolve(replies[index]!))
      } catch (error) {
        for (const { reject } of batch) reject(error)
      }
    }
    running--
  }

  return (request) =>
    new Promise((resolve, reject) => {
      waiting.push({ request, resolve, reject })
      if (running === 0 || (running === 1 && waiting.length >= second)) void run()
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
