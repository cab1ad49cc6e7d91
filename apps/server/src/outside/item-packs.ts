// The folder of item packs: the wording of licensed measures, which is never part of Attune, and beside each pack the key file that says which
// services hold the licence. What is wrong is said and the measure stays one of totals; nothing here keeps a server from starting.
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import path from 'node:path'
import { findStanding, parseItemLicence, withItemPack, type ItemLicence, type Scale } from '@attune/measures'
import { parse } from 'yaml'
import { getScales } from './programme-folder.ts'

const mostBytes = 500_000
const packEnd = '.pack.yaml'
const licenceEnd = '.licence.yaml'

/** A pack with its key, or the sentence that says why it cannot be used. `hash` is the SHA-256 of the pack file, in hexadecimal. */
export type ItemPack = { readonly scaleId: string; readonly file: string; readonly hash?: string } & (
  { readonly scale: Scale; readonly licence: ItemLicence } | { readonly issue: string }
)

/** Every pack and every key of the folder, by measure; none when there is no folder. Throws nothing. */
export function readItemPacks(folder: string): readonly ItemPack[] {
  if (!existsSync(folder)) return []
  const names = readdirSync(folder)
  const idsOf = (end: string) => names.filter((name) => name.endsWith(end)).map((name) => name.slice(0, -end.length))
  return [...new Set([...idsOf(packEnd), ...idsOf(licenceEnd)])].toSorted().map((scaleId) => readPack(folder, scaleId))
}

function readPack(folder: string, scaleId: string): ItemPack {
  const [packFile, licenceFile] = [path.join(folder, scaleId + packEnd), path.join(folder, scaleId + licenceEnd)]
  const refuse = (issue: string, hash?: string): ItemPack => ({ scaleId, file: packFile, issue, ...(hash === undefined ? {} : { hash }) })
  const known = getScales().find(({ id }) => id === scaleId)
  if (known === undefined) return refuse(`there is no measure "${scaleId}"; the file is named after the id of a measure`)
  const pack = readYaml(packFile)
  if ('issue' in pack) return refuse(pack.issue)
  const { hash } = pack
  const key = readYaml(licenceFile)
  if ('issue' in key)
    return refuse(existsSync(licenceFile) ? key.issue : `the licence key ${licenceFile} is missing. Write it with packHash: ${hash}`, hash)
  const read = parseItemLicence(key.value)
  if ('issues' in read) return refuse(`${licenceFile}: ${sayIssues(read.issues)}`, hash)
  const { licence } = read
  if (licence.scale !== scaleId) return refuse(`the licence key is for "${licence.scale}", not for "${scaleId}"`, hash)
  if (licence.packHash !== hash)
    return refuse(`the pack is not the one that the licence key was written for. Its SHA-256 is ${hash}, the key says ${licence.packHash}`, hash)
  const loaded = withItemPack(known, pack.value)
  if ('issues' in loaded) return refuse(`${packFile}: ${sayIssues(loaded.issues)}`, hash)
  return { scaleId, file: packFile, hash, scale: loaded.scale, licence }
}

function readYaml(file: string): { value: unknown; hash: string } | { issue: string } {
  try {
    if (!existsSync(file)) return { issue: `${file} is missing` }
    if (statSync(file).size > mostBytes) return { issue: `${file} is larger than ${mostBytes / 1000} kB` }
    const bytes = readFileSync(file)
    return { value: parse(bytes.toString('utf8'), { maxAliasCount: 50 }) as unknown, hash: createHash('sha256').update(bytes).digest('hex') }
  } catch {
    // What the parser says may repeat the owner's words, and what is said here goes into logs.
    return { issue: `${file} cannot be read, or is not valid YAML` }
  }
}

const sayIssues = (issues: readonly { path: string; message: string }[]): string => {
  const said = issues.slice(0, 5).map((issue) => (issue.path === '' ? issue.message : `${issue.path}: ${issue.message}`))
  return [...said, ...(issues.length > 5 ? [`and ${issues.length - 5} more`] : [])].join('; ')
}

/** The measure with its wording when the service holds the licence on that day (YYYY-MM-DD), with the licence. */
export function findLicensedScale(
  packs: readonly ItemPack[],
  { scaleId, serviceId, day }: { readonly scaleId: string; readonly serviceId: string; readonly day: string },
): { readonly scale: Scale; readonly licence: ItemLicence } | undefined {
  const pack = packs.find((each) => each.scaleId === scaleId)
  if (pack === undefined || 'issue' in pack) return undefined
  return pack.licence.services.includes(serviceId) && findStanding(pack.licence, day) === 'held' ? pack : undefined
}

export type SaidPack = { readonly ok: boolean; readonly about: string; readonly says: string }

const soonDays = 30

/** One sentence for each pack: how it stands on a day, and, when `services` is given, which ids of its key are of no service here. */
export function sayItemPacks(
  packs: readonly ItemPack[],
  { day, services }: { readonly day: string; readonly services?: readonly string[] },
): readonly SaidPack[] {
  return packs.map((pack) => {
    const about = `item pack ${pack.scaleId}`
    const wrong = (says: string): SaidPack => ({ ok: false, about, says: `${says}. Until then only its totals are entered.` })
    if ('issue' in pack) return wrong(pack.issue)
    const { until, from, services: holders, number } = pack.licence
    const standing = findStanding(pack.licence, day)
    if (standing === 'over') return wrong(`the licence ${number} ended on ${until}`)
    if (standing === 'not-yet') return wrong(`the licence ${number} begins on ${from}`)
    const strangers = services === undefined ? [] : holders.filter((holder) => !services.includes(holder))
    if (strangers.length > 0)
      return { ok: false, about, says: `the licence ${number} is for ${strangers.join(', ')}, and no service here has that id. Correct the key.` }
    const left = Math.round((Date.parse(until) - Date.parse(day)) / 86_400_000)
    if (left <= soonDays)
      return { ok: false, about, says: `the licence ${number} ends on ${until}, in ${left} days. Renew it, or the form goes back to totals.` }
    return { ok: true, about, says: `asked item by item by ${holders.join(', ')} until ${until}` }
  })
}
