// Files are shown to a ClamAV daemon before anything of them is kept, when one is set up (ATTUNE_CLAMD). It is asked over its own protocol, so that
// the bytes never touch a disk: zINSTREAM, pieces with their length in front, a piece of length nought, one line of answer.
// https://docs.clamav.net/manual/Usage/Scanning.html#clamd  Whatever is not a clear "OK" counts as not checked: nothing is stored (ASVS 5.4.3).
import { connect, type NetConnectOpts } from 'node:net'
import { Problem } from '../problems.ts'

export type ClamdSettings = { readonly host: string; readonly port: number } | { readonly path: string }
export type Scanner = {
  /** Resolves when nothing was found in any of them. Rejects with `file-refused` when something was, `scanner-away` when that cannot be said. */
  readonly check: (files: readonly Uint8Array[]) => Promise<void>
}

const pieceBytes = 64 * 1024
const mostAnswerBytes = 1_000

export function openScanner(settings: ClamdSettings, { patienceMs = 20_000 } = {}): Scanner {
  return {
    async check(files) {
      for (const file of files) {
        const answer = await ask(settings, file, patienceMs).catch(() => '')
        if (/^stream: .+ FOUND$/.test(answer)) throw new Problem('file-refused')
        if (answer !== 'stream: OK') throw new Problem('scanner-away')
      }
    },
  }
}

/** One connection per file; the daemon ends it after its answer. */
function ask(settings: ClamdSettings, bytes: Uint8Array, patienceMs: number): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(settings as NetConnectOpts)
    const late = setTimeout(() => socket.destroy(new Error('The scanner took too long.')), patienceMs)
    let answer = Buffer.alloc(0)
    socket.on('connect', () => {
      socket.write('zINSTREAM\0')
      for (let at = 0; at < bytes.length; at += pieceBytes) {
        const piece = bytes.subarray(at, at + pieceBytes)
        socket.write(toLength(piece.length))
        socket.write(piece)
      }
      socket.write(toLength(0))
    })
    socket.on('data', (piece: Buffer) => {
      answer = Buffer.concat([answer, piece])
      if (answer.length > mostAnswerBytes) socket.destroy(new Error('That is no answer of a scanner.'))
      else if (answer.includes(0)) socket.end()
    })
    socket.on('error', reject)
    socket.on('close', () => {
      clearTimeout(late)
      const end = answer.indexOf(0)
      if (end < 0) reject(new Error('The scanner gave no answer.'))
      else resolve(answer.subarray(0, end).toString('utf8'))
    })
  })
}

function toLength(length: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32BE(length)
  return bytes
}
