// Files in the age format (https://age-encryption.org/v1), streamed: whoever has one of the keys opens them with any age program, without us.
import { Decrypter, Encrypter, generateX25519Identity, identityToRecipient } from 'age-encryption'

/** A fresh key pair: the secret line for a person, and the public one for us. */
export async function makeAgeKey(): Promise<{ identity: string; recipient: string }> {
  const identity = await generateX25519Identity()
  return { identity, recipient: await identityToRecipient(identity) }
}

/** The public line of a secret one. Throws a sentence when it is none. */
export async function toRecipient(identity: string): Promise<string> {
  try {
    return await identityToRecipient(identity.trim())
  } catch {
    throw new Error('This is not a recovery key. It starts with AGE-SECRET-KEY-1.')
  }
}

/** Whether a text can be sealed to. */
export function isRecipient(text: string): boolean {
  try {
    new Encrypter().addRecipient(text)
    return true
  } catch {
    return false
  }
}

/** Seals a stream to every recipient: each opens it alone. */
export async function* sealToRecipients(plain: AsyncIterable<Uint8Array>, recipients: readonly string[]): AsyncGenerator<Uint8Array> {
  const encrypter = new Encrypter()
  for (const recipient of recipients) encrypter.addRecipient(recipient)
  yield* read(await encrypter.encrypt(toStream(plain)))
}

/** Opens a sealed stream with any of the keys. Throws a sentence when none fits. */
export async function* openWithIdentities(sealed: AsyncIterable<Uint8Array>, identities: readonly string[]): AsyncGenerator<Uint8Array> {
  const decrypter = new Decrypter()
  for (const identity of identities) decrypter.addIdentity(identity.trim())
  let opened: ReadableStream<Uint8Array>
  try {
    opened = await decrypter.decrypt(toStream(sealed))
  } catch (error) {
    throw new Error('None of these recovery keys opens this file.', { cause: error })
  }
  yield* read(opened)
}

const toStream = (pieces: AsyncIterable<Uint8Array>): ReadableStream<Uint8Array> =>
  (ReadableStream as unknown as { from: (pieces: AsyncIterable<Uint8Array>) => ReadableStream<Uint8Array<ArrayBuffer>> }).from(pieces)

async function* read(stream: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array> {
  const reader = stream.getReader()
  try {
    for (;;) {
      const { done, value } = await reader.read()
      if (done) return
      yield value
    }
  } finally {
    // Whoever stops early lets go of what feeds the stream.
    await reader.cancel().catch(() => {})
  }
}
