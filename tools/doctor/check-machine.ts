// What the machine has to offer: Node, disk space, the keys' file and the clock.
import { existsSync, statfsSync } from 'node:fs'
import path from 'node:path'
import type { Environment } from '../../apps/server/src/env.ts'
import { checkRootKey, rootKeyFile } from '../../apps/server/src/outside/root-key.ts'
import { checkSecretFolder, secretFolder } from '../../apps/server/src/outside/secret-folder.ts'
import { attempt, well, wrong, type Finding } from './finding.ts'

const leastNode = 24
const gigabyte = 1024 ** 3

export function checkMachine({ home, databaseUrl }: Environment): Finding[] {
  return [node(), disk(home), keys(home, databaseUrl !== undefined), clock()]
}

function node(): Finding {
  const major = Number(process.versions.node.split('.')[0])
  return major >= leastNode
    ? well('node', process.versions.node)
    : wrong('node', `this is Node ${process.versions.node}`, `Attune runs on Node ${leastNode}: run "npm install", which brings it.`)
}

function disk(home: string): Finding {
  return attempt('disk', () => {
    let folder = home
    while (!existsSync(folder)) folder = path.dirname(folder)
    const { bavail, bsize } = statfsSync(folder)
    const free = (bavail * bsize) / gigabyte
    if (free < 1)
      throw new Error(
        `only ${free.toFixed(2)} GB are free below ${folder}. Free some space: at least 1 GB, and as much again as the records take, for backups.`,
      )
    return `${free.toFixed(0)} GB free below ${folder}`
  })
}

function keys(home: string, elsewhere: boolean): Finding {
  // Before the first start there is nothing to lose yet.
  if (!existsSync(rootKeyFile(home)) && !elsewhere && !existsSync(path.join(home, 'postgres')))
    return well('keys', 'none yet; the first start makes them')
  const issue = checkRootKey(home) ?? checkSecretFolder(secretFolder(home))
  return issue === undefined ? well('keys', `what is in ${path.dirname(rootKeyFile(home))} only its owner can read`) : wrong('keys', issue)
}

function clock(): Finding {
  const year = new Date().getFullYear()
  // Sign-in codes, retention and the log all depend on the time; a machine without one starts in 1970 or at its build date.
  return year >= 2025 && year < 2100
    ? well('clock', new Date().toISOString())
    : wrong('clock', `it says ${new Date().toISOString()}`, 'Set the clock, best by a time service (NTP).')
}
