// Replays what was sent through the form engine, in a process of its own that is replaced after a while: a thread's memory would stay with the server
// after it. It answers with places and kinds of difference, never with answers; what to do about them is decided elsewhere.
import { fork, type ChildProcess } from 'node:child_process'
import path from 'node:path'
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
 * The process starts with the first question and ends after `idleMs` without one. After `recycleAfter` questions it is replaced; a question that takes
 * over `patienceMs` loses its process.
 */
export function startReplayer({ recycleAfter = 500, patienceMs = 60_000, memoryMb = 768, idleMs = 15_000 } = {}): Replayer {
  let engine: ChildProcess | undefined
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
    // What the records of a busy hour left in the server itself goes back with the process of the replays.
    idle = setTimeout(() => waiting.size === 0 && void drop('engine-failed').then(giveBackMemory), idleMs).unref()
  }

  async function drop(why: ReplayPlace['why']): Promise<void> {
    const old = engine
    engine = undefined
    asked = 0
    giveUp(why)
    if (old === undefined || old.exitCode !== null || old.signalCode !== null) return
    const ended = new Promise<void>((resolve) => old.once('exit', () => resolve()))
    // It holds nothing but what it was asked.
    old.kill('SIGKILL')
    await ended
  }

  function getEngine(): ChildProcess {
    if (engine !== undefined) return engine
    const fresh = fork(path.join(import.meta.dirname, 'engine-process.ts'), [], {
      execArgv: ['--disable-warning=ExperimentalWarning', `--max-old-space-size=${memoryMb}`],
      // Nothing of the server's settings is its business, but what the day is.
      env: { TZ: new Intl.DateTimeFormat().resolvedOptions().timeZone },
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    })
    fresh.unref()
    fresh.channel?.unref()
    fresh.on('message', ({ id, places }: ReplayAnswer) => {
      const one = waiting.get(id)
      if (one === undefined) return
      waiting.delete(id)
      clearTimeout(one.timer)
      one.resolve(places)
      // The answer may have taken longer than the rest lasts.
      if (waiting.size === 0) rest()
    })
    const fail = () => {
      if (engine === fresh) void drop('engine-failed')
    }
    fresh.on('error', fail)
    fresh.on('exit', fail)
    engine = fresh
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
        getEngine().send({ ...question, id } satisfies ReplayQuestion)
      })
    },
    async stop() {
      clearTimeout(idle)
      await drop('engine-failed')
    },
  }
}
