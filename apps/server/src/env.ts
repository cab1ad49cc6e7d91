// The one reader of the environment. Everything that a person who installs Attune may set is here, with its default.
import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { parseEnv } from 'node:util'

export type Environment = {
  /** Where everything that belongs to this installation lies: database, keys, outbox. */
  home: string
  databaseUrl?: string
  accountsUrl?: string
  keyringUrl?: string
  host: string
  port: number
  /** True when PORT was set: then a taken port is an error, otherwise the next free one is used. */
  portChosen: boolean
  /** The address that people type, scheme included. */
  origin?: string
  /** ATTUNE_DEMO=1 or 0; undefined = whatever the installation is, and a fresh one is a demo. */
  demo?: boolean
  /** The code of the place where server and databases stand, such as "eu-west-1"; the policy says which are right. */
  region?: string
  /** Where backups are written. */
  backups: string
  backup: BackupSettings
  /** Who keeps the secrets of epochs; left out, a folder of this installation does. */
  kms?: KmsSettings
  /** Where seals of the log are put: folders, best on another machine, and `mailto:` addresses. */
  anchors: string[]
  /** Folder with what came with this release: release/proofs.json. */
  release: string
  /** Folder of the programme that this installation runs. */
  programme: string
  /** Folder of item packs and their licence keys: the wording of licensed measures. It need not exist. */
  itemPacks: string
  /** Certificate and key files of our own; otherwise TLS ends at a proxy. */
  tls?: { certFile: string; keyFile: string }
  /** Addresses or networks (CIDR) of proxies whose X-Forwarded-* headers are believed. */
  proxies: string[]
  /** Hosts of the own network that stores and keepers of keys may be asked at. */
  near: string[]
  /** A ClamAV daemon that looks at every file before it is kept. */
  clamd?: { host: string; port: number } | { path: string }
  /** Where health, readiness and figures are told, apart from the people's address. */
  watch?: { host: string; port: number }
  mail?: { url: string; from: string }
  /** Places beside public https that programs of a service may be told at: scheme, host and port. */
  webhookOrigins: string[]
  /** The sign-in of an organisation that is taken here (OpenID Connect). */
  provider?: ProviderSettings
  /** A Kobo server that records are read from. */
  kobo?: KoboSettings
  /** Where pictures of the ground come from, for questions that ask for a place; left out, places are coordinates. */
  map?: MapSettings
  poolSize: number
  /** Whether a line is written for each request (ATTUNE_LOG=info), or for what goes wrong only. */
  logRequests: boolean
}

/** Address of a tile with {z}, {x} and {y} in it, whom the map is owed to, the deepest level there is, and where it opens: latitude, longitude, level. */
export type MapSettings = { tiles: string; attribution: string; deepest: number; start: { latitude: number; longitude: number; level: number } }

export type ProviderSettings = {
  issuer: string
  clientId: string
  secretFile: string
  name: string
  acr: string[]
  amr: string[]
  maxAgeSeconds: number
}

export type KmsSettings =
  { kind: 'aws'; endpoint: string; region: string; keyId: string; secret: string } | { kind: 'vault'; address: string; token: string; mount: string }

/** What happens to free text from elsewhere in which a personal fact is seen: its record is not taken, it is left empty, the fact is replaced, or it stays. */
export const factTreatments = ['refuse', 'empty', 'strip', 'keep'] as const
export type FactTreatment = (typeof factTreatments)[number]

/** The server, a token of an account that may read the form, the form's asset id, and what happens to personal facts in free text. */
export type KoboSettings = { url: string; token: string; asset: string; facts: FactTreatment }

export type BackupSettings = {
  /** Whom backups of data are sealed to, and whom those of the keys: names and public age keys. */
  people: { name: string; recipient: string }[]
  keyPeople: { name: string; recipient: string }[]
  /** A place away from the server: a folder that is carried there, or s3://bucket/folder. */
  offsite?: string
  /** Where backups of the keys go; never where those of the data are. */
  keyBackups: string
  s3?: { endpoint: string; region: string; keyId: string; secret: string }
}

type Source = Readonly<Record<string, string | undefined>>

const repository = path.join(import.meta.dirname, '..', '..', '..')

const toHome = (source: Source): string => path.resolve(source['ATTUNE_HOME']?.trim() || path.join(repository, '.attune'))

/** What `attune init` wrote down for this installation; a variable of the environment stands above it. */
export const settingsFile = (home: string): string => path.join(home, 'attune.env')

function readSettings(home: string): Source {
  const file = settingsFile(home)
  return existsSync(file) ? parseEnv(readFileSync(file, 'utf8')) : {}
}

/** Reads and checks the environment and the installation's settings. Throws all complaints at once, each a sentence. */
export function readEnvironment(given: Source = process.env): Environment {
  const home = toHome(given)
  const source: Source = { ...readSettings(home), ...given }
  const issues: string[] = []
  const text = (name: string) => source[name]?.trim() || undefined
  const whole = (name: string, otherwise: number, least: number, most: number) => {
    const given = text(name)
    if (given === undefined) return otherwise
    const value = Number(given)
    if (Number.isInteger(value) && value >= least && value <= most) return value
    issues.push(`${name} is "${given}". Write a whole number from ${least} to ${most}.`)
    return otherwise
  }
  const list = (name: string, otherwise: string) =>
    (text(name) ?? otherwise)
      .split(',')
      .map((each) => each.trim())
      .filter((each) => each !== '')
  const flag = (name: string) => {
    const given = text(name)
    if (given === undefined) return undefined
    if (['1', 'true', 'yes', 'on'].includes(given.toLowerCase())) return true
    if (['0', 'false', 'no', 'off'].includes(given.toLowerCase())) return false
    issues.push(`${name} is "${given}". Write 1 or 0.`)
    return undefined
  }
  const address = (name: string, schemes: string[]) => {
    const given = text(name)
    // A PostgreSQL behind a socket has no host: postgres://me:secret@/attune?host=/run/postgresql, as its own programs write it.
    const read = given?.replace(/^(postgres(?:ql)?:\/\/[^/?#]*@)\//, '$1socket/')
    if (given === undefined || read === undefined || (URL.canParse(read) && schemes.includes(new URL(read).protocol))) return given
    issues.push(`${name} is not an address. It starts with ${schemes.map((scheme) => `${scheme}//`).join(' or ')}.`)
    return undefined
  }

  const origins = (name: string) =>
    list(name, '').flatMap((given) => {
      if (URL.canParse(given) && /^https?:$/.test(new URL(given).protocol) && new URL(given).pathname === '/') return [new URL(given).origin]
      issues.push(`${name}: "${given}" is not a place. Write scheme, host and port, such as http://10.0.0.5:8080.`)
      return []
    })

  const databaseUrl = address('DATABASE_URL', ['postgres:', 'postgresql:'])
  const accountsUrl = address('ATTUNE_ACCOUNTS_URL', ['postgres:', 'postgresql:'])
  const keyringUrl = address('ATTUNE_KEYRING_URL', ['postgres:', 'postgresql:'])
  const origin = address('ATTUNE_ORIGIN', ['https:', 'http:'])
  const certFile = text('ATTUNE_TLS_CERT')
  const keyFile = text('ATTUNE_TLS_KEY')
  if ((certFile === undefined) !== (keyFile === undefined)) issues.push('ATTUNE_TLS_CERT and ATTUNE_TLS_KEY belong together: set both or none.')
  const mailUrl = address('ATTUNE_MAIL_URL', ['smtp:', 'smtps:'])
  const mailFrom = text('ATTUNE_MAIL_FROM')
  if (mailUrl !== undefined && mailFrom === undefined)
    issues.push('ATTUNE_MAIL_URL is set, ATTUNE_MAIL_FROM is not. Write the address that letters come from.')
  const demo = flag('ATTUNE_DEMO')
  const region = text('ATTUNE_REGION')
  function readKms(): KmsSettings | undefined {
    const kind = text('ATTUNE_KMS')
    if (kind === undefined) return undefined
    const need = (name: string) => {
      const given = text(name)
      if (given === undefined) issues.push(`ATTUNE_KMS is "${kind}", so ${name} is needed.`)
      return given ?? ''
    }
    if (kind === 'aws') {
      const region = need('ATTUNE_KMS_REGION')
      const endpoint = address('ATTUNE_KMS_ENDPOINT', ['https:', 'http:']) ?? `https://kms.${region}.amazonaws.com`
      return { kind, region, endpoint, keyId: need('ATTUNE_KMS_KEY_ID'), secret: need('ATTUNE_KMS_SECRET') }
    }
    if (kind === 'vault')
      return {
        kind,
        address: address('ATTUNE_VAULT_URL', ['https:', 'http:']) ?? need('ATTUNE_VAULT_URL'),
        token: need('ATTUNE_VAULT_TOKEN'),
        mount: text('ATTUNE_VAULT_MOUNT') ?? 'transit',
      }
    issues.push(`ATTUNE_KMS is "${kind}". Write aws or vault, or leave it out.`)
    return undefined
  }
  function readProvider(): ProviderSettings | undefined {
    const issuer = address('ATTUNE_OIDC_ISSUER', ['https:', 'http:'])
    if (issuer === undefined) return undefined
    const need = (name: string) => {
      const given = text(name)
      if (given === undefined) issues.push(`ATTUNE_OIDC_ISSUER is set, so ${name} is needed.`)
      return given ?? ''
    }
    if (
      new URL(issuer).protocol === 'http:' &&
      !list('ATTUNE_NEAR', '').some((named) => [new URL(issuer).host, new URL(issuer).hostname].includes(named))
    )
      issues.push('ATTUNE_OIDC_ISSUER is not encrypted. Plain http is for a host that ATTUNE_NEAR names.')
    return {
      issuer,
      clientId: need('ATTUNE_OIDC_CLIENT_ID'),
      secretFile: path.resolve(need('ATTUNE_OIDC_SECRET_FILE')),
      name: need('ATTUNE_OIDC_NAME').slice(0, 60),
      acr: list('ATTUNE_OIDC_ACR', ''),
      amr: list('ATTUNE_OIDC_AMR', 'mfa'),
      maxAgeSeconds: 60 * whole('ATTUNE_OIDC_MAX_AGE_MINUTES', 60, 1, 12 * 60),
    }
  }
  function readMap(): MapSettings | undefined {
    const tiles = text('ATTUNE_MAP_TILES')
    if (tiles === undefined) return undefined
    const attribution = text('ATTUNE_MAP_ATTRIBUTION')
    if (attribution === undefined) issues.push('ATTUNE_MAP_TILES is set, so ATTUNE_MAP_ATTRIBUTION is needed: the words that its owner asks for.')
    const address = URL.canParse(tiles) ? new URL(tiles) : undefined
    const place = tiles.slice(address?.origin.length)
    if (
      address === undefined ||
      !/^([\w.-]+|\[[0-9a-f:.]+\])$/i.test(address.hostname) ||
      !['https:', 'http:'].includes(address.protocol) ||
      !['{z}', '{x}', '{y}'].every((part) => place.includes(part))
    )
      issues.push(
        'ATTUNE_MAP_TILES is not an address of tiles. Write one with {z}, {x} and {y} in its path, such as https://tiles.example.org/{z}/{x}/{y}.png.',
      )
    else if (address.username !== '' || address.password !== '' || address.hash !== '')
      issues.push('ATTUNE_MAP_TILES holds a name, a password or a #. Every device is told this address, so nothing secret may be in it.')
    else if (address.protocol === 'http:' && !list('ATTUNE_NEAR', '').some((named) => [address.host, address.hostname].includes(named)))
      issues.push('ATTUNE_MAP_TILES is not encrypted. Plain http is for a host that ATTUNE_NEAR names.')
    const [latitude, longitude, level, ...more] = (text('ATTUNE_MAP_START') ?? '54.5,-3,5').split(',').map(Number)
    const deepest = whole('ATTUNE_MAP_DEEPEST', 18, 1, 22)
    const isPlace = more.length === 0 && Math.abs(latitude ?? NaN) <= 85 && Math.abs(longitude ?? NaN) <= 180 && level! >= 0 && level! <= deepest
    if (!isPlace) issues.push('ATTUNE_MAP_START is not a place. Write latitude, longitude and level, such as 54.5,-3,5.')
    return {
      tiles,
      attribution: (attribution ?? '').slice(0, 200),
      deepest,
      start: { latitude: latitude!, longitude: longitude!, level: Math.round(level!) },
    }
  }
  const people = (name: string) =>
    list(name, '').flatMap((entry) => {
      const [, who, recipient] = /^(.*\S)\s+(age1\S+)$/.exec(entry) ?? []
      if (who !== undefined && recipient !== undefined) return [{ name: who, recipient }]
      issues.push(`${name}: "${entry}" is not a name followed by a public key that starts with age1.`)
      return []
    })
  const place = (name: string) => {
    const given = text(name)
    return given === undefined || given.startsWith('s3://') ? given : path.resolve(given)
  }
  const backups = path.resolve(text('ATTUNE_BACKUPS') ?? path.join(home, 'backups'))
  const keyBackups = place('ATTUNE_KEY_BACKUPS') ?? path.join(home, 'key-backups')
  if (keyBackups === backups || keyBackups === place('ATTUNE_OFFSITE'))
    issues.push('ATTUNE_KEY_BACKUPS is a place of backups of the data. Name another: data and keys together in one place could be opened together.')
  const offsite = place('ATTUNE_OFFSITE')
  const [s3Region, s3KeyId, s3Secret] = [text('ATTUNE_S3_REGION'), text('ATTUNE_S3_KEY_ID'), text('ATTUNE_S3_SECRET')]
  const s3Endpoint = address('ATTUNE_S3_ENDPOINT', ['https:', 'http:'])
  const s3 =
    s3Region !== undefined && s3KeyId !== undefined && s3Secret !== undefined
      ? { region: s3Region, keyId: s3KeyId, secret: s3Secret, endpoint: s3Endpoint ?? `https://s3.${s3Region}.amazonaws.com` }
      : undefined
  const backup: BackupSettings = {
    people: people('ATTUNE_BACKUP_PEOPLE'),
    keyPeople: people('ATTUNE_KEY_PEOPLE'),
    keyBackups,
    ...(offsite !== undefined && { offsite }),
    ...(s3 !== undefined && { s3 }),
  }
  const kms = readKms()
  const provider = readProvider()
  const map = readMap()
  const spot = (name: string) => {
    const given = text(name)
    const [, host, port] = /^(\[[0-9a-f:]+\]|[\w.-]+):(\d{1,5})$/i.exec(given ?? '') ?? []
    if (host !== undefined && Number(port) <= 65_535) return { host: host.replace(/^\[|\]$/g, ''), port: Number(port) }
    if (given !== undefined) issues.push(`${name} is "${given}". Write host:port, for example 127.0.0.1:9464.`)
    return undefined
  }
  const scanner = text('ATTUNE_CLAMD')
  const clamd = scanner?.startsWith('/') === true ? { path: scanner } : spot('ATTUNE_CLAMD')
  const watch = spot('ATTUNE_WATCH')
  const logLevel = text('ATTUNE_LOG') ?? 'warn'
  if (!['warn', 'info'].includes(logLevel)) issues.push(`ATTUNE_LOG is "${logLevel}". Write info for a line per request, or leave it out.`)
  const koboUrl = address('ATTUNE_KOBO_URL', ['https:', 'http:'])
  const [koboToken, koboAsset] = [text('ATTUNE_KOBO_TOKEN'), text('ATTUNE_KOBO_ASSET')]
  const asked = text('ATTUNE_KOBO_FACTS') ?? 'refuse'
  const facts = factTreatments.find((treatment) => treatment === asked)
  if (facts === undefined) issues.push(`ATTUNE_KOBO_FACTS is "${asked}". Write one of ${factTreatments.join(', ')}.`)
  const kobo =
    koboUrl !== undefined && koboToken !== undefined && koboAsset !== undefined
      ? { url: koboUrl, token: koboToken, asset: koboAsset, facts: facts ?? 'refuse' }
      : undefined
  if (koboUrl !== undefined && kobo === undefined) issues.push('ATTUNE_KOBO_URL is set, so ATTUNE_KOBO_TOKEN and ATTUNE_KOBO_ASSET are needed.')
  if (koboUrl?.startsWith('http:') && !['localhost', '127.0.0.1', '[::1]'].includes(new URL(koboUrl).hostname))
    issues.push('ATTUNE_KOBO_URL is not encrypted. Plain http is for a server on this machine only.')
  const environment: Environment = {
    home,
    backup,
    ...(kms !== undefined && { kms }),
    ...(provider !== undefined && { provider }),
    ...(map !== undefined && { map }),
    ...(clamd !== undefined && { clamd }),
    ...(watch !== undefined && { watch }),
    ...(kobo !== undefined && { kobo }),
    backups,
    anchors: list('ATTUNE_ANCHORS', path.join(home, 'anchors')).map((place) => (place.startsWith('mailto:') ? place : path.resolve(place))),
    host: text('HOST') ?? '127.0.0.1',
    port: whole('PORT', 4280, 0, 65_535),
    portChosen: text('PORT') !== undefined,
    programme: path.resolve(text('ATTUNE_PROGRAMME') ?? path.join(repository, 'programmes', 'vig-dcs')),
    itemPacks: path.resolve(text('ATTUNE_ITEM_PACKS') ?? path.join(home, 'item-packs')),
    release: path.resolve(text('ATTUNE_RELEASE') ?? path.join(repository, 'release')),
    proxies: list('ATTUNE_PROXIES', ''),
    webhookOrigins: origins('ATTUNE_WEBHOOK_ORIGINS'),
    near: list('ATTUNE_NEAR', ''),
    poolSize: whole('ATTUNE_POOL', 12, 2, 200),
    logRequests: logLevel === 'info',
    ...(databaseUrl !== undefined && { databaseUrl }),
    ...(accountsUrl !== undefined && { accountsUrl }),
    ...(keyringUrl !== undefined && { keyringUrl }),
    ...(origin !== undefined && { origin: new URL(origin).origin }),
    ...(demo !== undefined && { demo }),
    ...(region !== undefined && { region }),
    ...(certFile !== undefined && keyFile !== undefined && { tls: { certFile, keyFile } }),
    ...(mailUrl !== undefined && mailFrom !== undefined && { mail: { url: mailUrl, from: mailFrom } }),
  }
  if (issues.length > 0) throw new Error(issues.join('\n'))
  return environment
}

const neededByChildren = ['PATH', 'HOME', 'TMPDIR', 'SYSTEMROOT', 'SystemRoot', 'TEMP', 'TMP', 'COMSPEC', 'WINDIR']

/** The few variables that a child program needs; none of ours, which may hold passwords. */
export function readChildEnvironment(source: Source = process.env): Record<string, string> {
  return Object.fromEntries(neededByChildren.flatMap((name) => (source[name] === undefined ? [] : [[name, source[name]]])))
}
