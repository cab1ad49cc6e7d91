// PostgreSQL refuses to run as root. Started by root, it runs as the owner of its directory, else as "postgres", else as
// "nobody". Where that user cannot reach the files (a checkout below a root-only home), a user namespace gives the
// server an unprivileged identity of its own while the files stay root's.
import { spawnSync } from 'node:child_process'
import { chownSync, existsSync, readFileSync, statSync } from 'node:fs'

type Identity = { uid?: number; gid?: number }

export type Launcher = {
  /** Options for spawn. */
  identity: Identity
  /** Put before the command line. */
  prefix: string[]
  /** Gives a file to the user that PostgreSQL runs as. */
  own: (file: string) => void
  /** Whether files of this user id are ours to trust. */
  trusts: (uid: number) => boolean
}

const namespace = ['unshare', '--user', '--map-user=65534', '--map-group=65534', '--']

/** Says how to start PostgreSQL so that it can read `directory` and run `program`. Throws a sentence when there is no way. */
export function getLauncher(directory: string, program: string): Launcher {
  if (process.platform === 'win32' || process.geteuid?.() !== 0) {
    return { identity: {}, prefix: [], own: () => {}, trusts: (uid) => process.platform === 'win32' || uid === process.geteuid?.() }
  }
  const wanted = unprivilegedUser(directory)
  chownSync(directory, wanted.uid, wanted.gid)
  const reachable = spawnSync('/bin/sh', ['-c', 'for file; do [ -x "$file" ] || exit 1; done', 'sh', program, directory], { ...wanted, cwd: '/' })
  if (reachable.status === 0) {
    return { identity: wanted, prefix: [], own: (file) => chownSync(file, wanted.uid, wanted.gid), trusts: (uid) => uid === 0 || uid === wanted.uid }
  }
  chownSync(directory, 0, 0)
  if (process.platform === 'linux' && spawnSync(namespace[0]!, [...namespace.slice(1), 'true']).status === 0) {
    return { identity: {}, prefix: namespace, own: (file) => chownSync(file, 0, 0), trusts: (uid) => uid === 0 }
  }
  throw new Error(
    `PostgreSQL must not run as root, and user ${wanted.uid} cannot read ${directory}. Start Attune as an ordinary user, or move it out of the folder that only root may open.`,
  )
}

function unprivilegedUser(directory: string): { uid: number; gid: number } {
  if (existsSync(directory)) {
    const owner = statSync(directory)
    if (owner.uid !== 0) return { uid: owner.uid, gid: owner.gid }
  }
  const users = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map((line) => line.split(':'))
  for (const name of ['postgres', 'nobody']) {
    const user = users.find((fields) => fields[0] === name)
    if (user !== undefined) return { uid: Number(user[2]), gid: Number(user[3]) }
  }
  throw new Error('Started by root, and no ordinary user was found for PostgreSQL to run as. Start Attune as an ordinary user.')
}
