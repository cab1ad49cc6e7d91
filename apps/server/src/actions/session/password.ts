// Passwords: argon2id, at least 15 characters, checked against what people commonly pick, without asking anybody outside (ASVS 6.2).
import { hash, verify } from '@node-rs/argon2'
import { dictionary } from '@zxcvbn-ts/language-common'
import { raise } from '../../problems.ts'
import { commonPasswords } from './common-passwords.ts'

/** One of the settings of argon2id that OWASP calls equal in strength: 19 MiB, two passes, one lane. Why this one: docs/decisions/0033-password-hash.md. */
export const passwordCost = { algorithm: 2, memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const
export const leastPasswordLength = 15
/** Some 49,000 passwords of leaked collections, the commonest first. They are here, so that nobody has to be asked (ASVS 6.2.4, 6.2.12). */
const leaked: ReadonlySet<string> = new Set(dictionary['passwords-common'])

/** Signs that have to be left when everything common is taken away. */
const leastOwn = 8

/** Raises `password-weak` for a password that is short, or that is little else than common pieces, numbers and the person's own address. */
export function requireStrongPassword(password: string, email: string): void {
  const plain = password.normalize('NFKC').toLowerCase()
  const letters = plain.replaceAll(/[^\p{L}\p{N}]/gu, '')
  const pieces = [
    ...commonPasswords,
    ...email
      .toLowerCase()
      .split(/[^\p{L}\p{N}]+/u)
      .filter((piece) => piece.length >= 3),
  ].sort((one, other) => other.length - one.length)
  const own = pieces.reduce((left, piece) => left.replaceAll(piece, ''), letters).replaceAll(/\d{3,}/g, '')
  const weak =
    Array.from(password).length < leastPasswordLength ||
    own.length < leastOwn ||
    new Set(plain).size < 6 ||
    isRepetition(letters) ||
    isLeaked(plain, letters)
  if (weak) raise('password-weak')
}

/** A leaked password as it is, with numbers or signs around it, or two of them one after the other. */
function isLeaked(plain: string, letters: string): boolean {
  if (leaked.has(plain) || leaked.has(letters)) return true
  const isNumber = (text: string) => /^\d+$/.test(text)
  for (let cut = 1; cut < letters.length; cut++) {
    const [head, tail] = [letters.slice(0, cut), letters.slice(cut)]
    const [headKnown, tailKnown] = [cut >= 4 && leaked.has(head), tail.length >= 4 && leaked.has(tail)]
    if ((headKnown && (tailKnown || isNumber(tail))) || (tailKnown && isNumber(head))) return true
  }
  return false
}

/** "abcabcabcabcabc": one short piece said again and again. */
function isRepetition(text: string): boolean {
  for (let size = 1; size <= text.length / 3; size++) {
    if (
      text ===
      text
        .slice(0, size)
        .repeat(Math.ceil(text.length / size))
        .slice(0, text.length)
    )
      return true
  }
  return false
}

export const hashPassword = (password: string): Promise<string> => hash(password, passwordCost)

/** Whether a stored hash was made at the cost of today. One that was not takes another time to check, which tells that the account exists. */
export const isCostOfToday = (stored: string): boolean =>
  stored.startsWith(`$argon2id$v=19$m=${passwordCost.memoryCost},t=${passwordCost.timeCost},p=${passwordCost.parallelism}$`)

// A hash of nothing that anybody knows: an unknown account costs as much time as a known one (ASVS 6.3.8).
let decoy: Promise<string> | undefined

/** Whether the password fits. Takes the same time when there is no account. */
export async function isPasswordRight(password: string, stored: string | undefined): Promise<boolean> {
  decoy ??= hashPassword(crypto.randomUUID())
  const right = await verify(stored ?? (await decoy), password)
  return right && stored !== undefined
}
