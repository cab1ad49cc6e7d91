// What a person has set: programme, address, encryption on the way, mail, backups.
import { X509Certificate } from 'node:crypto'
import { accessSync, constants, existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { mayKeepIn } from '@attune/policy'
import type { Environment } from '../../apps/server/src/env.ts'
import { getProgramme } from '../../apps/server/src/outside/programme-folder.ts'
import { webFolder } from '../../apps/server/src/routes/static-files.ts'
import { attempt, well, wrong, type Finding } from './finding.ts'

const day = 24 * 60 * 60_000

export function checkSettings(environment: Environment): Finding[] {
  const real = environment.demo === false || environment.databaseUrl !== undefined
  return [
    attempt('programme', () => {
      const { title, policyVersion } = getProgramme(environment.programme)
      return `${title}, policy ${policyVersion.text}`
    }),
    existsSync(path.join(webFolder, 'index.html')) ? well('web app', 'built') : wrong('web app', 'not built yet', '"npx attune build" builds it.'),
    ...(real ? [address(environment), certificate(environment), mail(environment), backups(environment), region(environment)] : []),
  ]
}

function address({ origin, tls, proxies }: Environment): Finding {
  if (origin === undefined) return wrong('address', 'ATTUNE_ORIGIN is not set', 'Set it to what people type, for example https://attune.example.org')
  if (!origin.startsWith('https:'))
    return wrong(
      'address',
      `${origin} is not encrypted`,
      'A real installation answers over https only. Plain http works on this machine alone, for trying things out.',
    )
  if (tls === undefined && proxies.length === 0) {
    return wrong(
      'address',
      `${origin}, but nobody here does the encryption`,
      'Name your proxy in ATTUNE_PROXIES (for example 127.0.0.1), or give a certificate by ATTUNE_TLS_CERT and ATTUNE_TLS_KEY.',
    )
  }
  return well('address', `${origin}, encrypted ${tls === undefined ? `by the proxy at ${proxies.join(', ')}` : 'here'}`)
}

function certificate({ tls }: Environment): Finding {
  if (tls === undefined) return well('certificate', 'the proxy’s')
  return attempt('certificate', () => {
    const left = Math.floor((new Date(new X509Certificate(readFileSync(tls.certFile)).validTo).getTime() - Date.now()) / day)
    if (left < 14) throw new Error(left < 0 ? 'it has run out. Renew it now.' : `it runs out in ${left} days. Renew it.`)
    return `valid for ${left} more days`
  })
}

function mail({ mail: settings }: Environment): Finding {
  if (settings === undefined)
    return wrong(
      'mail',
      'no mail server is set, so letters wait in the outbox',
      'Set ATTUNE_MAIL_URL (smtps://user:password@host) and ATTUNE_MAIL_FROM. Until then hand invitation links over yourself.',
    )
  return well('mail', `by ${new URL(settings.url).host} from ${settings.from}`)
}

function backups({ backups: folder }: Environment): Finding {
  return attempt('backups', () => {
    if (!existsSync(folder)) throw new Error(`the folder ${folder} is missing. Make it, best on another disk, or set ATTUNE_BACKUPS.`)
    accessSync(folder, constants.W_OK)
    return folder
  })
}

/** Only the hosting contract makes it true; what is declared is compared with the policy here and at every start (DCS-059). */
function region({ region: code, programme }: Environment): Finding {
  return attempt('region', () => {
    const { policy } = getProgramme(programme)
    if (code === undefined)
      throw new Error(
        `ATTUNE_REGION is not set. Say where server and databases stand, by the code of the hosting contract; the policy allows ${policy.regions.map((place) => place.code).join(', ')}.`,
      )
    const decision = mayKeepIn(policy, code)
    if (!decision.allowed) throw new Error(decision.sentence)
    return `${code}, as the policy allows`
  })
}
