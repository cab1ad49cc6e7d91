// `npx attune doctor`: looks at everything that an installation stands on. One line per check; a problem says what to do. It changes nothing:
// a database that does not run is started for the look and stopped afterwards.
import { parseArgs } from 'node:util'
import { checkDatabases } from './doctor/check-databases.ts'
import { checkMachine } from './doctor/check-machine.ts'
import { checkSettings } from './doctor/check-settings.ts'
import type { Finding } from './doctor/finding.ts'
import { readEnvironment, type Environment } from '../apps/server/src/env.ts'
import { toLines, type Writer } from './writer.ts'

const help = `Usage: npx attune doctor [--json]

Checks Node, settings, programme, item packs, keys, disk space, backups, databases, migrations, row security, clock, address and mail.
Ends with 0 when nothing is wrong, with 1 otherwise.`

/** Runs the checks and returns the exit code. */
export async function doctor(args: readonly string[], outTo: Writer, errTo: Writer): Promise<number> {
  const [out, err] = [toLines(outTo), toLines(errTo)] as const
  const { values } = parseArgs({ args: [...args], options: { json: { type: 'boolean' }, help: { type: 'boolean' } } })
  if (values.help === true) {
    out(help)
    return 0
  }
  const findings = await findAll()
  if (values.json === true) out(JSON.stringify(findings, undefined, 2))
  else
    for (const { ok, about, says, remedy } of findings)
      (ok ? out : err)(`${ok ? 'ok      ' : 'problem '} ${about}: ${says}${remedy === undefined ? '' : `\n         ${remedy}`}`)
  const problems = findings.filter(({ ok }) => !ok).length
  if (values.json !== true) out(problems === 0 ? '\nAll is well.' : `\n${problems} ${problems === 1 ? 'problem' : 'problems'} found.`)
  return problems === 0 ? 0 : 1
}

async function findAll(): Promise<Finding[]> {
  let environment: Environment
  try {
    environment = readEnvironment()
  } catch (error) {
    return [{ ok: false, about: 'settings', says: (error as Error).message }]
  }
  return [...checkMachine(environment), ...checkSettings(environment), ...(await checkDatabases(environment))]
}
