import type { Finding } from '@attune/detector'
import type { LookAnswer, LookAsked } from './look-worker.ts'

export type LookForFacts = (text: string, roster: readonly string[]) => Promise<readonly Finding[]>

let worker: Worker | undefined
let isBroken = false
let count = 0
const waiting = new Map<number, { readonly ask: LookAsked; readonly answer: (findings: readonly Finding[]) => void }>()

/** Looks through a text in the worker; where the browser starts none, on the page itself. */
export const lookForFacts: LookForFacts = (text, roster) => {
  const ask: LookAsked = { asked: ++count, text, roster: [...roster] }
  return new Promise((answer) => {
    waiting.set(ask.asked, { ask, answer })
    if (isBroken) void lookHere(ask)
    else getWorker()?.postMessage(ask)
  })
}

/** Starts the worker before the first word is typed: it takes a moment to unpack its lists. */
export function warmGuard(): void {
  void lookForFacts('', [])
}

function getWorker(): Worker | undefined {
  if (worker !== undefined) return worker
  try {
    worker = new Worker(new URL('./look-worker.ts', import.meta.url), { type: 'module' })
  } catch {
    goOnHere()
    return undefined
  }
  worker.addEventListener('message', ({ data: { asked, findings } }: MessageEvent<LookAnswer>) => settle(asked, findings))
  worker.addEventListener('error', goOnHere)
  return worker
}

function goOnHere(): void {
  isBroken = true
  worker = undefined
  for (const { ask } of waiting.values()) void lookHere(ask)
}

async function lookHere({ asked, text, roster }: LookAsked): Promise<void> {
  const { detect } = await import('@attune/detector')
  settle(asked, detect(text, { roster }))
}

function settle(asked: number, findings: readonly Finding[]): void {
  waiting.get(asked)?.answer(findings)
  waiting.delete(asked)
}
