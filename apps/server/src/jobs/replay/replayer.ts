// Replays what was sent through the form engine, in a thread of its own that is replaced after a while. It answers with places and kinds of
// difference, never with answers; what to do about them is decided elsewhere.
import { Worker } from 'node:worker_threads'
import { giveBackMemory } from '../../actions/give-back-memory.ts'

export type ReplayQuestion = {
  readonly id: number
  readonly formHash: string
  readonly formXml: string
  /** Lists that lie beside the form, by name. */
  readonly lists?: Readonly<Record<string, string>>
  readonly submission: string
  /** Names of the files that came with it; their content does not matter here. */
  readonly attachments: readonly string[]
  /** Question names whose value depends on the moment: timestamps, random values. */
  readonly ignored: readonly string[]
  /** Question names whose rules depend on the moment: what broke them today need not have broken them then. */
  readonly unruled: readonly string[]
  /** Question names that are calculated: what was not sent is worked out and is no difference. */
  readonly derived: readonly string[]
}
export type ReplayPlace = {
  readonly path: string
  readonly why: 'required' | 'constraint' | 'differs' | 'form-unusable' | 'engine-failed' | 'took-too-long'
}
export type ReplayAnswer = { readonly id: number; readonly places: readonly ReplayPlace[] }

export type Replayer = {
  /** Where the engine disagrees with what was sent; an empty list means that it agrees. */
  replay(question: Omit<ReplayQuestion, 'id'>): Promise<readonly ReplayPlace[]>
  stop(): Promise<void>
}

type Waiting = { resolve(places: readonly ReplayPlace[]): void; timer: NodeJS.Timeout }

/**
 * The thread starts with the first question and ends after `idleMs` without one. After `recycleAfter` questions it is replaced; a question that takes
 * over `patienceMs` loses its thread.
 */
export function startReplayer({ recycleAfter = 500, patienceMs = 60_000, memoryMb = 768, idleMs = 15_000 } = {}): Replayer {
  let worker: Worker | undefined
  let asked = 0
  let nextId = 1
  let idle: NodeJS.Timeout | undefined
  const waiting = new Map<number, Waiting>()

  function giveUp(why: ReplayPlace['why']): void {
    for (const { resolve, timer } of waiting.values()) {
      clearTimeout(timer)
      resolve([{ path: '/', why }])
    }
    waiting.clear()
  }

  function rest(): void {
    clearTimeout(idle)
    // What the records of a busy hour left in the server's own thread goes back with the thread of the replays.
    idle = setTimeout(() => waiting.size === 0 && void drop('engine-failed').then(giveBackMemory), idleMs).unref()
  }

  async function drop(why: ReplayPlace['why']): Promise<void> {
    const old = worker
    worker = undefined
    asked = 0
    giveUp(why)
    await old?.terminate()
  }

  function getWorker(): Worker {
    if (worker !== undefined) return worker
    const fresh = new Worker(new URL('./engine-worker.ts', import.meta.url), { resourceLimits: { maxOldGenerationSizeMb: memoryMb } })
    fresh.unref()
    fresh.on('message', ({ id, places }: ReplayAnswer) => {
      const one = waiting.get(id)
      if (one === undefined) return
      waiting.delete(id)
      clearTimeout(one.timer)
      one.resolve(places)
      // The answer may have taken longer than the rest lasts.
      if (waiting.size === 0) rest()
    })
    fresh.on('error', () => {
      if (worker === fresh) void drop('engine-failed')
    })
    worker = fresh
    return fresh
  }

  return {
    async replay(question) {
      if (asked >= recycleAfter && waiting.size === 0) await drop('engine-failed')
      asked++
      rest()
      const id = nextId++
      return new Promise((resolve) => {
        const timer = setTimeout(() => void drop('took-too-long'), patienceMs)
        waiting.set(id, { resolve, timer })
        getWorker().postMessage({ ...question, id } satisfies ReplayQuestion)
      })
    },
    async stop() {
      clearTimeout(idle)
      await drop('engine-failed')
    },
  }
}
