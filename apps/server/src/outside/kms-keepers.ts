// Key management services as keepers of epochs: one key of theirs per epoch, which never leaves them and is destroyed when the epoch ends.
// AWS KMS: https://docs.aws.amazon.com/kms/latest/APIReference/  Vault transit: https://developer.hashicorp.com/vault/api-docs/secret/transit
import type { EpochKeeper } from '../store/keyring/epoch-keeper.ts'
import { Problem } from '../problems.ts'
import { AddressRefused, askOutside } from './ask-outside.ts'
import { signRequest, type AwsKeys } from './storage/sign-request.ts'

const patienceMs = 10_000
const mostBytes = 1024 * 1024

/** AWS waits this many days before a key is gone for good; from the first moment it opens nothing. Seven is the least that it takes. */
const awsPendingDays = 7

/** Hosts of the own network that may be asked. */
type Near = { readonly near?: readonly string[] }

export type AwsKmsSettings = AwsKeys & Near & { readonly endpoint: string; readonly region: string }

export function keepByAwsKms(settings: AwsKmsSettings, now: () => Date): EpochKeeper {
  async function ask<Reply>(action: string, request: object): Promise<Reply> {
    const url = new URL(settings.endpoint)
    const body = Buffer.from(JSON.stringify(request))
    const headers = { 'content-type': 'application/x-amz-json-1.1', 'x-amz-target': `TrentService.${action}` }
    const { host: _host, ...signed } = signRequest({ method: 'POST', url, headers, body }, { ...settings, service: 'kms' }, now())
    return (await send(url, { method: 'POST', headers: signed, body }, 'AWS KMS', settings.near)) as Reply
  }
  const context = (reference: string) => ({ attune: reference })
  return {
    id: 'aws-kms',
    async create(epoch) {
      const reply = await ask<{ KeyMetadata: { KeyId: string } }>('CreateKey', {
        Description: `Attune keyring, epoch ${epoch}`,
        KeySpec: 'SYMMETRIC_DEFAULT',
        KeyUsage: 'ENCRYPT_DECRYPT',
      })
      return reply.KeyMetadata.KeyId
    },
    async wrap(reference, content) {
      const reply = await ask<{ CiphertextBlob: string }>('Encrypt', {
        KeyId: reference,
        Plaintext: toBase64(content),
        EncryptionContext: context(reference),
      })
      return Buffer.from(reply.CiphertextBlob, 'base64')
    },
    async unwrap(reference, wrapped) {
      const reply = await ask<{ Plaintext: string }>('Decrypt', {
        KeyId: reference,
        CiphertextBlob: toBase64(wrapped),
        EncryptionContext: context(reference),
      })
      return Buffer.from(reply.Plaintext, 'base64')
    },
    async destroy(reference) {
      await ask('ScheduleKeyDeletion', { KeyId: reference, PendingWindowInDays: awsPendingDays }).catch(
        isGone(['NotFoundException', 'KMSInvalidStateException']),
      )
    },
  }
}

export type VaultSettings = Near & {
  readonly address: string
  readonly token: string
  readonly mount: string
  /** Beginning of the names of our keys. */
  readonly prefix: string
}

export function keepByVault({ address, token, mount, prefix, near }: VaultSettings): EpochKeeper {
  const ask = (method: string, path: string, request?: object) =>
    send(
      new URL(`${address.replace(/\/$/, '')}/v1/${mount}/${path}`),
      {
        method,
        headers: { 'x-vault-token': token, 'content-type': 'application/json' },
        ...(request && { body: Buffer.from(JSON.stringify(request)) }),
      },
      'Vault',
      near,
    ) as Promise<{ data: Record<string, string> }>
  return {
    id: 'vault',
    async create(epoch) {
      const name = `${prefix}-epoch-${epoch}-${Date.now().toString(36)}`
      await ask('POST', `keys/${name}`, { type: 'aes256-gcm96', exportable: false, allow_plaintext_backup: false })
      return name
    },
    async wrap(reference, content) {
      const { data } = await ask('POST', `encrypt/${reference}`, { plaintext: toBase64(content) })
      return Buffer.from(data['ciphertext']!, 'utf8')
    },
    async unwrap(reference, wrapped) {
      const { data } = await ask('POST', `decrypt/${reference}`, { ciphertext: Buffer.from(wrapped).toString('utf8') })
      return Buffer.from(data['plaintext']!, 'base64')
    },
    async destroy(reference) {
      // Vault keeps a key until it is told that it may go.
      await ask('POST', `keys/${reference}/config`, { deletion_allowed: true }).catch(isGone(['404']))
      await ask('DELETE', `keys/${reference}`).catch(isGone(['404']))
    },
  }
}

type Sending = { readonly method: string; readonly headers: Record<string, string>; readonly body?: Uint8Array }
class KmsRefused extends Error {
  readonly code: string
  constructor(service: string, status: number, code: string) {
    super(`${service} refused (${status}${code === '' ? '' : `, ${code}`}). Check its settings and what it allows us.`)
    this.code = code
  }
}

/** A service that does not answer is "the keys cannot be reached just now": nothing is stored and the sender tries again. */
async function send(url: URL, { method, headers, body }: Sending, service: string, near: readonly string[] | undefined): Promise<unknown> {
  let reply: Response
  let text: string
  try {
    reply = await askOutside(url, { method, headers, patienceMs, mostBytes, ...(body && { body }) }, near)
    text = await reply.text()
  } catch (error) {
    // A setting that cannot work is no service that is away.
    if (error instanceof AddressRefused) throw error
    throw new Problem('keys-away')
  }
  const content = text === '' ? {} : (JSON.parse(text) as { __type?: string })
  if (reply.ok) return content
  if (reply.status >= 500 || reply.status === 429) throw new Problem('keys-away')
  throw new KmsRefused(service, reply.status, content.__type?.split('#').at(-1) ?? String(reply.status))
}

const isGone =
  (codes: readonly string[]) =>
  (error: unknown): undefined => {
    if (error instanceof KmsRefused && codes.includes(error.code)) return undefined
    throw error
  }

const toBase64 = (bytes: Uint8Array): string => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64')
