// One thread that opens sealed JSON of a length and parses it, and nothing else: what the machine can do at most.
import { createCipheriv, createDecipheriv, createSecretKey, randomBytes } from 'node:crypto'
import { parentPort, workerData } from 'node:worker_threads'

const { bytes, count, perClient } = workerData as { bytes: number; count: number; perClient: number }
/** As many distinct values as fit into memory; each is opened again and again. */
const distinct = Math.min(count, 5_000)
const nonce = randomBytes(12)

// Values of one client share a key, which is set up once.
let own = randomBytes(32)
const sealed = Array.from({ length: distinct }, (_, at) => {
  if (at % Math.max(1, Math.round(perClient)) === 0) own = randomBytes(32)
  const key = createSecretKey(own)
  const answers: Record<string, string> = {}
  while (JSON.stringify(answers).length < bytes - 29) answers[`question_${Object.keys(answers).length}_${at % 97}`] = 'an answer'
  const cipher = createCipheriv('aes-256-gcm', key, nonce)
  return { key: own, content: Buffer.concat([cipher.update(JSON.stringify(answers)), cipher.final()]), tag: cipher.getAuthTag() }
})

const began = performance.now()
let read = 0
let secret = createSecretKey(sealed[0]!.key)
for (let at = 0, last = sealed[0]!.key; at < count; at++) {
  const { key, content, tag } = sealed[at % distinct]!
  if (key !== last) secret = createSecretKey((last = key))
  const decipher = createDecipheriv('aes-256-gcm', secret, nonce, { authTagLength: 16 })
  decipher.setAuthTag(tag)
  const text = decipher.update(content)
  decipher.final()
  read += Object.keys(JSON.parse(text.toString('utf8')) as object).length
}
if (read === 0) throw new Error('nothing was read')
parentPort!.postMessage((performance.now() - began) / 1000)
