// Signs requests as AWS documents it (Signature Version 4): https://docs.aws.amazon.com/IAM/latest/UserGuide/create-signed-request.html
import { createHash, createHmac } from 'node:crypto'

export type AwsKeys = { readonly keyId: string; readonly secret: string }
export type SigningScope = AwsKeys & { readonly region: string; readonly service: 's3' | 'kms' | 'service' }
export type Signable = { readonly method: string; readonly url: URL; readonly headers: Readonly<Record<string, string>>; readonly body: Uint8Array }

const sha256 = (content: Uint8Array | string): string => createHash('sha256').update(content).digest('hex')
const hmac = (key: Uint8Array | string, text: string): Buffer => createHmac('sha256', key).update(text).digest()

/** The headers that a signed request carries, those given included. */
export function signRequest(
  { method, url, headers, body }: Signable,
  { keyId, secret, region, service }: SigningScope,
  at: Date,
): Record<string, string> {
  const time = at.toISOString().replaceAll(/[-:]|\.\d+/g, '')
  const day = time.slice(0, 8)
  const bodyHash = sha256(body)
  const all: Record<string, string> = {
    ...headers,
    host: url.host,
    'x-amz-date': time,
    ...(service === 's3' && { 'x-amz-content-sha256': bodyHash }),
  }
  const names = Object.keys(all)
    .map((name) => name.toLowerCase())
    .sort()
  const lower = Object.fromEntries(Object.entries(all).map(([name, value]) => [name.toLowerCase(), value.trim().replaceAll(/ +/g, ' ')]))
  const query = [...url.searchParams]
    .map(([name, value]) => [encode(name), encode(value)] as const)
    .sort(([a, x], [b, y]) => (a === b ? (x < y ? -1 : 1) : a < b ? -1 : 1))
    .map(([name, value]) => `${name}=${value}`)
    .join('&')
  const asked = [method, url.pathname, query, ...names.map((name) => `${name}:${lower[name]}`), '', names.join(';'), bodyHash].join('\n')
  const scope = `${day}/${region}/${service}/aws4_request`
  const key = hmac(hmac(hmac(hmac(`AWS4${secret}`, day), region), service), 'aws4_request')
  const signature = hmac(key, ['AWS4-HMAC-SHA256', time, scope, sha256(asked)].join('\n')).toString('hex')
  return { ...all, authorization: `AWS4-HMAC-SHA256 Credential=${keyId}/${scope}, SignedHeaders=${names.join(';')}, Signature=${signature}` }
}

const encode = (text: string): string =>
  encodeURIComponent(text).replaceAll(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`)
