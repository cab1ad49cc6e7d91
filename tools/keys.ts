// `npx attune keys …`: rotates the keys, says how they stand, and makes recovery keys for people.
import { existsSync, writeFileSync } from 'node:fs'
import { rotateKeys } from '../apps/server/src/actions/backup/rotate-keys.ts'
import { readEnvironment } from '../apps/server/src/env.ts'
import { writeKeyFile } from '../apps/server/src/open-backups.ts'
import { makeAgeKey } from '../apps/server/src/outside/age-file.ts'
import { toLines, type Writer } from './writer.ts'
import { withAttune } from './with-attune.ts'

const help = `Usage: npx attune keys show
       npx attune keys rotate
       npx attune keys person NAME FILE

show    says how the keyring stands.
rotate  starts a new epoch: every key is wrapped again and the old secret is destroyed. What was erased before is then unreadable in every old copy.
        The server goes on meanwhile.
person  makes a recovery key for a person and writes it to FILE, for that person to take away; prints the line for the settings.`

/** Runs the command and returns the exit code. */
export async function keys([command, ...rest]: readonly string[], outTo: Writer, errTo: Writer): Promise<number> {
  const [out, err] = [toLines(outTo), toLines(errTo)] as const
  if (command === 'person') {
    const file = rest.at(-1)
    const name = rest.slice(0, -1).join(' ')
    if (file === undefined || name === '' || /[,]/.test(name)) {
      err(help)
      return 2
    }
    if (existsSync(file)) {
      err(`${file} is there already. Name another file.`)
      return 1
    }
    const { identity, recipient } = await makeAgeKey()
    writeFileSync(file, writeKeyFile(name, recipient, identity), { mode: 0o600, flag: 'wx' })
    out(
      `${file} is ${name}’s recovery key. Give it to ${name} and keep no copy.\nFor ATTUNE_BACKUP_PEOPLE or ATTUNE_KEY_PEOPLE:\n${name} ${recipient}`,
    )
    return 0
  }
  if (command === 'show' || command === 'rotate') {
    return withAttune({ environment: readEnvironment(), err: errTo }, async (attune) => {
      if (command === 'rotate') {
        const { epoch, keys: count } = await rotateKeys(attune)
        out(`Epoch ${epoch} has begun; ${count} keys were wrapped again and the old secret is destroyed.`)
      }
      const state = await attune.keyring.readState()
      out(`Epoch ${state.epoch} since ${state.startedAt.toISOString()}, kept by ${state.keeper}; keys of ${state.clientKeys} clients.`)
      out(
        state.erasedSince === 0
          ? 'Everything that was erased is unreadable in every old copy.'
          : `${state.erasedSince} erased since: old copies of the keys still open them until the next rotation.`,
      )
      return 0
    })
  }
  const isAsked = command === '--help'
  ;(isAsked ? out : err)(help)
  return isAsked ? 0 : 2
}
