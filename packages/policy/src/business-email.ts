// The address of somebody who works for a service has to be one of their work (DCS-100): private mailboxes are not under the service's rules, and
// a leaver keeps them.
import { allowed, refuse, type Decision } from './decision.ts'
import type { Policy } from './policy.ts'

/** The part of an address after the "@", in small letters; blank when there is none. */
export function domainOf(email: string): string {
  const at = email.lastIndexOf('@')
  return at < 1
    ? ''
    : email
        .slice(at + 1)
        .trim()
        .toLowerCase()
}

/** True when a domain is one of the listed ones or lies below it: "mail.leeds.example" below "leeds.example". */
const liesIn = (domain: string, listed: readonly string[]): boolean => listed.some((one) => domain === one || domain.endsWith(`.${one}`))

/**
 * Decides whether an address is one of a service's people. A domain that anybody can get a mailbox at is refused; where the service has said
 * which domains are its own, every other one is refused too.
 */
export function mayBeBusinessEmail(policy: Pick<Policy, 'freeMailDomains'>, ownDomains: readonly string[], email: string): Decision {
  const domain = domainOf(email)
  if (liesIn(domain, policy.freeMailDomains)) return refuse('email-free-mail', { domain })
  if (ownDomains.length > 0 && !liesIn(domain, ownDomains)) return refuse('email-other-domain', { domains: ownDomains.join(' or ') })
  return allowed
}

/** What is wrong with a domain that is to be registered, in a sentence; undefined when nothing is. */
export function checkEmailDomain(policy: Pick<Policy, 'freeMailDomains'>, domain: string): string | undefined {
  if (!/^(?=.{4,200}$)[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)+$/.test(domain))
    return `"${domain}" is not a domain. Write what stands after the @, such as leeds.example.org.`
  return liesIn(domain, policy.freeMailDomains) ? `Anybody can have an address at ${domain}, so it is not one of a service.` : undefined
}
