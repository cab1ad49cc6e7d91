import { describe, expect, it } from 'vitest'
import { findAddressIssue, mayReach } from './reachable.ts'

// One address from each end of each network: [address, reached from anywhere?, reached when the settings name it?].
const table: readonly (readonly [string, boolean, boolean])[] = [
  ['93.184.216.34', true, true],
  ['11.0.0.1', true, true],
  ['172.15.255.255', true, true],
  ['172.32.0.0', true, true],
  ['100.63.255.255', true, true],
  ['100.128.0.0', true, true],
  ['168.63.129.15', true, true],
  ['10.0.0.0', false, true],
  ['10.255.255.255', false, true],
  ['172.16.0.0', false, true],
  ['172.31.255.255', false, true],
  ['192.168.0.0', false, true],
  ['192.168.255.255', false, true],
  ['100.64.0.0', false, true],
  ['100.127.255.255', false, true],
  ['127.0.0.1', false, true],
  ['127.255.255.255', false, true],
  ['198.18.0.1', false, true],
  ['198.19.255.255', false, true],
  ['0.0.0.0', false, false],
  ['0.1.2.3', false, false],
  ['169.254.169.254', false, false],
  ['168.63.129.16', false, false],
  ['192.0.0.192', false, false],
  ['192.0.2.1', false, false],
  ['192.88.99.1', false, false],
  ['198.51.100.1', false, false],
  ['203.0.113.1', false, false],
  ['224.0.0.1', false, false],
  ['240.0.0.1', false, false],
  ['255.255.255.255', false, false],
  ['2606:2800:220:1::1', true, true],
  ['2a00:1450:4009::200e', true, true],
  ['::1', false, true],
  ['fc00::1', false, true],
  ['fdff:ffff::1', false, true],
  ['::', false, false],
  ['fe80::1', false, false],
  ['fe80::1%eth0', false, false],
  ['fec0::1', false, false],
  ['ff02::1', false, false],
  ['fd00:ec2::254', false, false],
  ['fd20:ce::254', false, false],
  ['64:ff9b::a00:1', false, false],
  ['64:ff9b:1::1', false, false],
  ['100::1', false, false],
  ['2001::1', false, false],
  ['2001:db8::1', false, false],
  ['2002:a00:1::', false, false],
  ['3fff::1', false, false],
  ['4000::1', false, false],
  // Of version 4 inside version 6, in every way to write it; the old form without ffff is nobody's.
  ['::ffff:93.184.216.34', true, true],
  ['::ffff:10.0.0.1', false, true],
  ['::ffff:a00:1', false, true],
  ['::FFFF:7F00:1', false, true],
  ['0:0:0:0:0:ffff:127.0.0.1', false, true],
  ['0000:0000:0000:0000:0000:ffff:a9fe:a9fe', false, false],
  ['::ffff:169.254.169.254', false, false],
  ['::ffff:0:127.0.0.1', false, false],
  ['::127.0.0.1', false, false],
  ['::a00:1', false, false],
  ['localhost', false, false],
  ['127.1', false, false],
  ['', false, false],
]

describe('an address', () => {
  it.each(table)('%s is reached from anywhere: %s; when it is named: %s (ASVS 1.3.6)', (address, anywhere, named) => {
    expect([mayReach(address, false), mayReach(address, true)]).toEqual([anywhere, named])
  })
})

describe('a place', () => {
  it.each([
    ['https://example.org/x', undefined],
    ['https://example.org:8443/', undefined],
    ['https://example.org:9000/', undefined],
    ['http://example.org/x', 'not-https'],
    ['https://user:word@example.org/', 'not-an-address'],
    ['https://user@example.org/', 'not-an-address'],
    ['https://example.org/#there', 'not-an-address'],
    ['ftp://example.org/', 'not-an-address'],
    ['file:///etc/passwd', 'not-an-address'],
    ['gopher://example.org/', 'not-an-address'],
    ['nowhere', 'not-an-address'],
    ['https://127.1/', 'not-public'],
    ['https://2130706433/', 'not-public'],
    ['https://0x7f.1/', 'not-public'],
    ['https://0177.0.0.1/', 'not-public'],
    ['https://1.1.1.1%2f@10.0.0.1/', 'not-an-address'],
    ['https://①⑩.0.0.1/', undefined],
    ['https://⑩.0.0.1/', 'not-public'],
    ['https://[::ffff:a00:1]/', 'not-public'],
    ['https://example.org:22/', 'port-barred'],
    ['https://example.org:25/', 'port-barred'],
    ['https://example.org:465/', 'port-barred'],
    ['https://example.org:5432/', 'port-barred'],
    ['https://example.org:6379/', 'port-barred'],
    ['https://example.org:6667/', 'port-barred'],
    ['https://example.org:11211/', 'port-barred'],
  ])('%s: %s (ASVS 1.3.6)', (address, issue) => expect(findAddressIssue(address, [])).toBe(issue))

  it('of the own network is asked as the settings name it: by host, host and port, or scheme, host and port (ASVS 1.3.6)', () => {
    const open = (address: string, ...named: string[]) => findAddressIssue(address, named)
    expect(open('http://10.0.0.5:9000/', '10.0.0.5')).toBeUndefined()
    expect(open('http://10.0.0.5:9000/', '10.0.0.5:9000')).toBeUndefined()
    expect(open('http://10.0.0.5:9000/', 'http://10.0.0.5:9000')).toBeUndefined()
    expect(open('https://10.0.0.5/', '10.0.0.5:443')).toBeUndefined()
    expect(open('http://[fd00::1]:9000/', 'fd00::1')).toBeUndefined()
    expect(open('https://10.0.0.5:9000/', 'http://10.0.0.5:9000')).toBe('not-public')
    expect(open('http://10.0.0.5:9001/', '10.0.0.5:9000')).toBe('not-https')
    expect(open('https://10.0.0.6/', '10.0.0.5')).toBe('not-public')
    expect(open('https://sub.minio.internal/', 'minio.internal')).toBeUndefined()
    expect(open('http://sub.minio.internal/', 'minio.internal')).toBe('not-https')
    // Naming a host does not open its other doors; naming the door does.
    expect(open('http://10.0.0.5:6379/', '10.0.0.5')).toBe('port-barred')
    expect(open('http://10.0.0.5:6379/', '10.0.0.5:6379')).toBeUndefined()
    expect(open('https://169.254.169.254/', '169.254.169.254', 'https://169.254.169.254')).toBe('not-public')
  })
})
