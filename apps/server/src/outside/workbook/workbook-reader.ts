// Reads workbooks in threads of their own, one at a time, each with a limit on memory and time: whatever a file is made of, the server stays up.
import { Worker } from 'node:worker_threads'
import type { CheckedForm, GivenFile, Programme } from '@attune/programme'
import type { Sheet } from '@attune/xlsform'
import type { HandedFile, ReadFile } from '../form-files/read-form-files.ts'

/** A file of a version that was published, with the content of those that are lists. */
export type CarriedFile = Omit<GivenFile, 'list' | 'parts'> & { readonly content?: Uint8Array }
export type WorkbookQuestion = {
  readonly fileName: string
  readonly bytes: Uint8Array
  readonly programme: Programme
  /** Files that came with it. */
  readonly files?: readonly HandedFile[]
  /** Files of the versions in use today, by form id. */
  readonly carried?: { readonly [formId: string]: readonly CarriedFile[] }
}
export type WorkbookAnswer =
  | { readonly unreadable: string }
  | {
      readonly sheets: readonly Sheet[]
      readonly checked: CheckedForm
      /** Contents of the files that the form keeps and that came now; those taken over are kept already. */
      readonly contents: readonly Pick<ReadFile, 'sha256' | 'content'>[]
    }

/** What one file may take. Work is the thread's own time at the processor, so that a busy server refuses no sound form; waiting is by the clock. */
export const workbookLimits = { memoryMb: 128, workMs: 1_500, workMsPerMb: 800, waitMs: 20_000, startingMs: 20_000, idleMs: 60_000 } as const

const tooMuch = {
  unreadable: 'This file needs more room or time to read than a form ever does. Take out what is not part of the form and try again.',
}

let queue: Promise<unknown> = Promise.resolve()
// A thread takes a second to load the compiler, so one is kept ready for the next file, which comes once this one was put right.
let idle: { readonly thread: Thread; readonly timer: NodeJS.Timeout } | undefined
/** After a larger file the thread goes, and with it all the memory that the file took. */
const ordinaryBytes = 256 * 1024

/** Reads and checks one file. Never rejects for what is in it: the answer says what is wrong. */
export function readWorkbookFile(question: WorkbookQuestion): Promise<WorkbookAnswer> {
  const answer = queue.then(() => ask(question))
  queue = answer.catch(() => undefined)
  return answer
}

/** Has a thread ready for somebody who is likely to hand a file in soon. */
export function expectWorkbook(): void {
  if (idle === undefined) keepThread(startThread())
}

type Thread = { readonly worker: Worker; readonly ready: Promise<boolean> }

function startThread(): Thread {
  const worker = new Worker(new URL('./workbook-worker.ts', import.meta.url), {
    resourceLimits: { maxOldGenerationSizeMb: workbookLimits.memoryMb, maxYoungGenerationSizeMb: 16 },
    stdout: true,
    stderr: true,
  })
  const ready = new Promise<boolean>((resolve) => {
    worker.once('message', () => resolve(true))
    worker.once('exit', () => resolve(false))
    setTimeout(() => resolve(false), workbookLimits.startingMs).unref()
  })
  // Running out of memory is told as an error first; that it is gone is what counts.
  worker.on('error', () => undefined)
  return { worker, ready }
}

function takeThread(): Thread {
  if (idle === undefined) return startThread()
  const { thread, timer } = idle
  clearTimeout(timer)
  idle = undefined
  thread.worker.ref()
  return thread
}

function keepThread(thread: Thread): void {
  const timer = setTimeout(() => {
    idle = undefined
    void thread.worker.terminate()
  }, workbookLimits.idleMs)
  idle = { thread, timer }
  // Nobody waits for it: it keeps the server from ending no more than its clock does.
  timer.unref()
  thread.worker.unref()
}

async function ask({ programme: { clauses: _, ...rest }, ...question }: WorkbookQuestion): Promise<WorkbookAnswer> {
  const thread = takeThread()
  const { worker } = thread
  const answer = (await thread.ready) ? await hear(worker, { ...question, programme: { ...rest, clauses: [] } }) : tooMuch
  const isSpent = answer === tooMuch || question.bytes.length + sizeOfFiles(question) > ordinaryBytes
  if (isSpent) void worker.terminate()
  keepThread(isSpent ? startThread() : thread)
  return answer
}

async function hear(worker: Worker, question: WorkbookQuestion): Promise<WorkbookAnswer> {
  const before = await worker.cpuUsage().catch(() => undefined)
  if (before === undefined) return tooMuch
  const began = performance.now()
  return new Promise((resolve) => {
    const end = (answer: WorkbookAnswer) => {
      clearInterval(watch)
      worker.off('message', end).off('exit', gone)
      resolve(answer)
    }
    // Out of memory, or a fault of our reader: for whoever sent the file it is the same.
    const gone = () => end(tooMuch)
    const workMs = workbookLimits.workMs + workbookLimits.workMsPerMb * Math.ceil(sizeOfFiles(question) / 1_048_576)
    const look = async () => {
      if (performance.now() - began > workbookLimits.waitMs) return gone()
      const { user, system } = await worker.cpuUsage(before)
      if (user + system > workMs * 1_000) gone()
    }
    const watch = setInterval(() => void look().catch(gone), 100)
    worker.on('message', end).on('exit', gone)
    worker.postMessage(question)
  })
}

/** Lists are read cell by cell; an archive may be all lists. */
function sizeOfFiles({ fileName, bytes, files = [], carried = {} }: Omit<WorkbookQuestion, 'programme'>): number {
  const beside = [...files, ...Object.values(carried).flat()].reduce((sum, { content }) => sum + (content?.length ?? 0), 0)
  return beside + (/\.zip$/i.test(fileName) ? bytes.length * 4 : 0)
}
