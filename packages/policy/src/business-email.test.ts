import { describe, expect, it } from 'vitest'
import { checkEmailDomain, mayBeBusinessEmail } from './business-email.ts'

const policy = { freeMailDomains: ['freemail.example', 'yahoo.co.uk'] }
const because = (email: string, own: readonly string[] = []) => {
  const decision = mayBeBusinessEmail(policy, own, email)
  return decision.allowed ? 'allowed' : decision.because
}

describe('a work address', () => {
  it.each([
    ['jo@leeds.example', [], 'allowed'],
    ['jo@FreeMail.example', [], 'email-free-mail'],
    ['jo@box.freemail.example', [], 'email-free-mail'],
    ['jo@notfreemail.example', [], 'allowed'],
    ['jo@yahoo.co.uk', ['yahoo.co.uk'], 'email-free-mail'],
    ['jo@leeds.example', ['leeds.example'], 'allowed'],
    ['jo@team.leeds.example', ['leeds.example'], 'allowed'],
    ['jo@leeds.example.org', ['leeds.example'], 'email-other-domain'],
    ['jo@york.example', ['leeds.example', 'bradford.example'], 'email-other-domain'],
  ] as const)('%s with %j: %s', (email, own, expected) => expect(because(email, own)).toBe(expected))

  it('is explained with the domains that fit', () => {
    const decision = mayBeBusinessEmail(policy, ['leeds.example'], 'jo@york.example')
    expect(decision).toMatchObject({ sentence: expect.stringContaining('leeds.example') })
  })
})

describe('a domain to register', () => {
  it.each(['leeds.example', 'a-b.nhs.uk', 'x1.org'])('%s fits', (domain) => expect(checkEmailDomain(policy, domain)).toBeUndefined())
  it.each(['leeds', '@leeds.example', 'leeds.example/', 'Leeds.example', '-a.org', 'a..b', 'freemail.example', 'x.freemail.example'])(
    '%s does not',
    (domain) => expect(checkEmailDomain(policy, domain)).toContain(domain),
  )
})
