// Seals a file for somebody outside under their own public key, in the age format (https://age-encryption.org/v1): nobody here can open it.
import { Encrypter } from 'age-encryption'

/** Undefined when the text is not a public age key. */
export async function sealForRecipient(ageKey: string, content: Uint8Array): Promise<Buffer | undefined> {
  const encrypter = new Encrypter()
  try {
    encrypter.addRecipient(ageKey)
  } catch {
    return undefined
  }
  return Buffer.from(await encrypter.encrypt(content))
}
