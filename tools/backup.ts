// `npx attune backup`: what the clock does each night, by hand.
import { parseArgs } from 'node:util'
import { makeDueBackups, plansOf, toPlanState, type BackupPlan } from '../apps/server/src/actions/backup/due-backups.ts'
import { makeBackup } from '../apps/server/src/actions/backup/make-backup.ts'
import { readEnvironment } from '../apps/server/src/env.ts'
import { listBackups } from '../apps/server/src/store/backup/backups.ts'
import type { BackupKind } from '../apps/server/src/store/backup/dump.ts'
import { toLines, type Writer } from './writer.ts'
import { withAttune } from './with-attune.ts'

const kinds: readonly string[] = ['data', 'accounts', 'keyring'] satisfies BackupKind[]

const help = `Usage: npx attune backup [--kind data|accounts|keyring] [--offsite] [--due | --list]

Makes backups of data, accounts and keys now; --kind makes one of them, --offsite the one that goes away from the server.
--due makes only what is due. --list says what there is. Each is sealed to the people of ATTUNE_BACKUP_PEOPLE (keys: ATTUNE_KEY_PEOPLE),
fetched back, opened and put into a scratch database before it counts.`

/** Runs the command and returns the exit code. */
export async function backup(args: readonly string[], outTo: Writer, errTo: Writer): Promise<number> {
  const [out, err] = [toLines(outTo), toLines(errTo)] as const
  const { values } = parseArgs({
    args: [...args],
    options: {
      kind: { type: 'string' },
      offsite: { type: 'boolean' },
      due: { type: 'boolean' },
      list: { type: 'boolean' },
      help: { type: 'boolean' },
    },
  })
  if (values.help === true) {
    out(help)
    return 0
  }
  if (values.kind !== undefined && !kinds.includes(values.kind)) {
    err(`There is no kind "${values.kind}". --kind is one of ${kinds.join(', ')}.`)
    return 2
  }
  return withAttune({ environment: readEnvironment(), err: errTo }, async (attune) => {
    if (values.list === true) {
      const known = await listBackups(attune.databases.attune)
      for (const each of known) out(`${each.madeAt.toISOString()}  ${each.state.padEnd(8)}  ${each.kind}  ${each.cycle}  ${each.name}`)
      for (const plan of plansOf(attune).map((each) => toPlanState(attune, each, known)))
        out(
          `next ${plan.kind} (${plan.cycle}): ${plan.nextAt.toISOString()}${plan.late ? ', LATE' : ''}${plan.refused === undefined ? '' : `, NOT MADE: ${plan.refused}`}`,
        )
      return 0
    }
    if (attune.backups.missing !== undefined) {
      err(attune.backups.missing)
      return 1
    }
    if (values.due === true) {
      const { made, removed, refused } = await makeDueBackups(attune, new AbortController().signal)
      out(`${made} made, ${removed} old ones removed${refused === 0 ? '' : `, ${refused} refused (--list says why)`}.`)
      return 0
    }
    const asked = plansOf(attune).filter(
      ({ kind, cycle }) => (values.kind === undefined || kind === values.kind) && cycle === (values.offsite === true ? 'offsite' : 'platform'),
    )
    if (asked.length === 0) err('There is no such backup. ATTUNE_OFFSITE names the place away from the server.')
    for (const plan of asked) await report(attune, plan, out)
    return asked.length === 0 ? 2 : 0
  })
}

async function report(attune: Parameters<typeof makeBackup>[0], plan: BackupPlan, out: (line: string) => void): Promise<void> {
  const { name, bytes, counts } = await makeBackup(attune, plan)
  const rows = Object.values(counts).reduce((sum, count) => sum + count, 0)
  out(`${name}: ${rows} rows, ${bytes} bytes, put back into a scratch database and counted.`)
}
