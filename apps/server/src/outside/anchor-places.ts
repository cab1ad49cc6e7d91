// Places away from the database where heads of the log are put, so that nobody who can change the log can change all that speaks about it.
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import type { SignedHead } from '../store/log/head.ts'
import { toLetterId, type Letter } from './mail.ts'

export type AnchorPlace = {
  /** What it is called in the log of anchors and on the screen. */
  readonly name: string
  readonly put: (head: SignedHead) => Promise<void>
  /** The heads that lie there; none where they cannot be read back, as in a letter box. */
  readonly list: () => Promise<readonly SignedHead[]>
}

export const anchorName = ({ log, batch }: SignedHead): string => `attune-log-${log}-${String(batch).padStart(10, '0')}.json`
export const writeAnchor = (head: SignedHead): string => `${JSON.stringify(head, undefined, 2)}\n`

/** A folder, best on another machine. A head is written once and never over another. */
export function anchorInFolder(folder: string): AnchorPlace {
  return {
    name: `folder ${path.basename(folder)}`,
    async put(head) {
      mkdirSync(folder, { recursive: true, mode: 0o700 })
      try {
        writeFileSync(path.join(folder, anchorName(head)), writeAnchor(head), { flag: 'wx', mode: 0o400, flush: true })
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
      }
    },
    async list() {
      if (!existsSync(folder)) return []
      const names = readdirSync(folder).filter((name) => /^attune-log-[0-9a-f]+-\d+\.json$/.test(name))
      return names.sort().map((name) => readAnchor(readFileSync(path.join(folder, name), 'utf8'), name))
    },
  }
}

/** A letter per head. Whoever gets them keeps them; `attune audit verify --anchor FILE` reads one. */
export function anchorByMail(mail: { readonly send: (letter: Letter, id: string) => Promise<boolean> }, to: string): AnchorPlace {
  return {
    name: `mail to ${to.replace(/^(.).*@/, '$1…@')}`,
    async put(head) {
      const text = `Keep this letter. It is the seal of the log up to ${head.sealedAt} (${head.total} events).\nTo check the log against it, save what follows as a file and run: npx attune audit verify --anchor FILE\n\n${writeAnchor(head)}`
      const id = toLetterId('anchor', to, String(head.batch), head.sealedAt)
      if (!(await mail.send({ to, subject: `Seal of the Attune log, batch ${head.batch}`, text }, id)))
        throw new Error('The mail server did not take the letter.')
    },
    list: async () => [],
  }
}

/** A head out of a file or a letter. Throws a sentence when there is none in it. */
export function readAnchor(text: string, name: string): SignedHead {
  const start = text.indexOf('{')
  const shape: { readonly [key in keyof SignedHead]: 'string' | 'number' } = {
    ...{ batch: 'number', events: 'number', total: 'number', sealedAt: 'string', batchRoot: 'string', treeRoot: 'string' },
    ...{ log: 'string', publicKey: 'string', signature: 'string' },
  }
  try {
    const head = JSON.parse(text.slice(start, text.lastIndexOf('}') + 1)) as SignedHead
    if (Object.entries(shape).every(([key, type]) => typeof head[key as keyof SignedHead] === type)) return head
  } catch {
    // Said below.
  }
  throw new Error(`${name} holds no head of a log.`)
}
