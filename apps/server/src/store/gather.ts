// Gathers what many callers ask for at about the same time into one piece of work: while one runs, the next one fills.
// Thirty submissions of new clients then cost one durable write in the keyring and not thirty.

/** `work` gets the gathered requests and answers them in their order; if it fails, all of them fail. */
export function gather<Request, Reply>(
  work: (requests: readonly Request[]) => Promise<readonly Reply[]>,
  limit = 1_000,
): (request: Request) => Promise<Reply> {
  type Waiting = { request: Request; resolve: (reply: Reply) => void; reject: (error: unknown) => void }
  let waiting: Waiting[] = []
  let running = false

  async function run(): Promise<void> {
    running = true
    while (waiting.length > 0) {
      const batch = waiting.slice(0, limit)
      waiting = waiting.slice(limit)
      try {
        const replies = await work(batch.map(({ request }) => request))
        batch.forEach(({ resolve }, index) => resolve(replies[index]!))
      } catch (error) {
        for (const { reject } of batch) reject(error)
      }
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
  limit?: number,
): (owner: Owner, request: Request) => Promise<Reply> {
  const gathered = new WeakMap<Owner, (request: Request) => Promise<Reply>>()
  return (owner, request) => {
    let ask = gathered.get(owner)
    if (ask === undefined) gathered.set(owner, (ask = gather((requests) => work(owner, requests), limit)))
    return ask(request)
  }
}
