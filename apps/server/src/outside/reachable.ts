// Which addresses this server may connect to when somebody else's words say where (a setting, a program of a service, a name server). Everything that is
// not plainly an address of the open internet is shut, unless the place is named in the settings; some stay shut even then.
// https://cheatsheetseries.owasp.org/cheatsheets/Server_Side_Request_Forgery_Prevention_Cheat_Sheet.html, ASVS 1.3.6
import { BlockList, isIP } from 'node:net'

type Net = readonly [network: string, bits: number]
function toList(nets: readonly Net[], family: 'ipv4' | 'ipv6'): BlockList {
  const list = new BlockList()
  for (const [network, bits] of nets) list.addSubnet(network, bits, family)
  return list
}

// https://www.iana.org/assignments/iana-ipv4-special-registry: what no network of a person's own uses, and where clouds keep secrets (link-local; Azure's
// 168.63.129.16, which is public by number and answers inside only).
const never4 = toList(
  [
    ['0.0.0.0', 8],
    ['168.63.129.16', 32],
    ['169.254.0.0', 16],
    ['192.0.0.0', 24],
    ['192.0.2.0', 24],
    ['192.88.99.0', 24],
    ['198.51.100.0', 24],
    ['203.0.113.0', 24],
    ['224.0.0.0', 3],
  ],
  'ipv4',
)
const near4 = toList(
  [
    ['10.0.0.0', 8],
    ['100.64.0.0', 10],
    ['127.0.0.0', 8],
    ['172.16.0.0', 12],
    ['192.168.0.0', 16],
    ['198.18.0.0', 15],
  ],
  'ipv4',
)
// https://www.iana.org/assignments/iana-ipv6-special-registry: of IPv6 only 2000::/3 is handed out; tunnels to IPv4 and examples in it are left out.
const open6 = toList([['2000::', 3]], 'ipv6')
const never6 = toList(
  [
    ['2001::', 23],
    ['2001:db8::', 32],
    ['2002::', 16],
    ['3fff::', 20],
    // Metadata services of Amazon and Google, which lie among the private ones.
    ['fd00:ec2::254', 128],
    ['fd20:ce::254', 128],
  ],
  'ipv6',
)
const near6 = toList(
  [
    ['::1', 128],
    ['fc00::', 7],
  ],
  'ipv6',
)

/** Whether an address, as a number, may be connected to, for a place that the settings name (`isNear`) or not. False for what is no address. */
export function mayReach(address: string, isNear: boolean): boolean {
  const family = isIP(address)
  if (family === 4) return !never4.check(address, 'ipv4') && (isNear || !near4.check(address, 'ipv4'))
  // A zone ("fe80::1%eth0") is only ever part of a link's own address.
  if (family !== 6 || address.includes('%')) return false
  const inner = toInner(address)
  if (inner !== undefined) return mayReach(inner, isNear)
  if (never6.check(address, 'ipv6')) return false
  return open6.check(address, 'ipv6') || (isNear && near6.check(address, 'ipv6'))
}

/** The address of version 4 inside one of version 6 (::ffff:0:0/96), however it is written. */
function toInner(address: string): string | undefined {
  const [, high, low] = /^\[::ffff:([0-9a-f]+):([0-9a-f]+)\]$/.exec(new URL(`http://[${address}]`).hostname) ?? []
  if (high === undefined || low === undefined) return undefined
  const [a, b] = [Number.parseInt(high, 16), Number.parseInt(low, 16)]
  return [a >> 8, a & 255, b >> 8, b & 255].join('.')
}

/** The settings name a place by `host`, by `host:port`, or by scheme, host and port. */
export const isNamed = (url: URL, named: readonly string[]): boolean =>
  [url.hostname, toHost(url), `${url.hostname}:${toPort(url)}`, url.origin].some((name) => named.includes(name))

const isNamedWithPort = (url: URL, named: readonly string[]): boolean =>
  named.includes(`${url.hostname}:${toPort(url)}`) || named.includes(url.origin)

const toHost = (url: URL): string => url.hostname.replace(/^\[|\]$/g, '')
const toPort = (url: URL): number => Number(url.port || (url.protocol === 'https:' ? 443 : 80))

// Ports above the well-known ones that speak other languages: the upper end of https://fetch.spec.whatwg.org/#port-blocking, and databases.
const barred = new Set([
  1433, 1521, 1719, 1720, 1723, 2049, 2375, 2379, 3306, 3659, 4045, 4190, 5060, 5061, 5432, 6000, 6379, 6566, 9200, 10080, 11211,
])

/** Of a place that is not named with its port: that of the web, or one that programs of people use. */
const isWebPort = (port: number): boolean => port === 443 || port === 80 || (port >= 1024 && !barred.has(port) && !(port >= 6665 && port <= 6697))

export type AddressIssue = 'not-an-address' | 'not-https' | 'not-public' | 'port-barred'

/**
 * Why a place may not be asked, judged from its address alone; undefined when it may, as far as can be said before the name is looked up. Plain http only
 * where the settings name the place.
 */
export function findAddressIssue(address: string | URL, named: readonly string[]): AddressIssue | undefined {
  if (!URL.canParse(String(address))) return 'not-an-address'
  const url = new URL(address)
  if (url.username !== '' || url.password !== '' || url.hash !== '' || !/^https?:$/.test(url.protocol)) return 'not-an-address'
  const isNear = isNamed(url, named)
  if (url.protocol !== 'https:' && !isNear) return 'not-https'
  if (isIP(toHost(url)) !== 0 && !mayReach(toHost(url), isNear)) return 'not-public'
  return isWebPort(toPort(url)) || isNamedWithPort(url, named) ? undefined : 'port-barred'
}
