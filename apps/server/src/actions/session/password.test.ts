import { describe, expect, it } from 'vitest'
import { dictionary } from '@zxcvbn-ts/language-common'
import { Check } from 'typebox/value'
import { InvitationAccept, SignIn } from '@attune/contract'
import { hashPassword, isPasswordRight, requireStrongPassword } from './password.ts'

const isWeak = (password: string, email = 'ana.jones@example.org') => {
  try {
    requireStrongPassword(password, email)
    return false
  } catch {
    return true
  }
}

describe('a password', () => {
  it.each([
    ['fourteen signs', 'heron teapot 4'],
    ['a common word and digits', 'password1234567'],
    ['the common word twice', 'PasswordPassword!'],
    ['a walk over the keyboard', 'qwertyuiop12345'],
    ['one piece again and again', 'tomtomtomtomtomtom'],
    ['one letter', 'aaaaaaaaaaaaaaaaaaaa'],
    ['the own address', 'ana.jones@2025-11'],
    ['our own name', 'attuneattune2025'],
  ])('is too easy when it is %s (ASVS 6.2.1)', (_what, password) => {
    expect(isWeak(password)).toBe(true)
  })

  it.each([
    ['heron teapot lantern'],
    ['ꙮ sjö ŵy ñandú über 漢字 lamp'],
    ['x7Kq!p2Rz9#mW4vT'],
    ['many words about nothing much, and then a good many more of them, until the line is full and over'],
  ])('may be %s', (password) => {
    expect(isWeak(password)).toBe(false)
  })

  it('is not one of the 3,000 commonest leaked ones, nor of those that are long enough, however they are stretched (ASVS 6.2.4, 6.2.12)', () => {
    const known = dictionary['passwords-common']
    expect(known.length).toBeGreaterThan(3_000)
    const long = known.filter((each) => each.length >= 15)
    expect(long.filter((each) => !isWeak(each))).toEqual([])
    const stretched = known.slice(0, 3_000).flatMap((each) => {
      const filled = `${each}${'1234567890123456'.slice(0, Math.max(0, 15 - each.length))}`
      const capital = filled[0]!.toUpperCase() + filled.slice(1)
      return [filled, `${capital}!`]
    })
    expect(stretched.filter((each) => !isWeak(each))).toEqual([])
  })

  it('is taken whole and as it was typed: of 300 signs the last one counts, and so do capitals and blanks at its ends (ASVS 6.2.8, 6.2.9)', async () => {
    const long = ` ${'Twelve herons walked to the harbour. '.repeat(8)}`
    const typed = `${long}a `
    const stored = await hashPassword(typed)
    expect(await isPasswordRight(typed, stored)).toBe(true)
    for (const other of [`${long}b `, typed.toLowerCase(), typed.trimStart(), typed.trimEnd()])
      expect(await isPasswordRight(other, stored), other).toBe(false)
    expect(await isPasswordRight('anything', undefined)).toBe(false)
    // Neither the way in nor the invitation stops one that long before it is looked at.
    expect(Check(SignIn, { email: 'ana@example.org', password: typed })).toBe(true)
    expect(Check(InvitationAccept, { token: 'x'.repeat(43), displayName: 'Ana', noticeRead: '1', password: typed })).toBe(true)
  })
})
