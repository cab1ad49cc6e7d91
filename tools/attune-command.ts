// Runs one command of `npx attune` under the pinned Node and ends with its exit code.
import type { Writer } from './writer.ts'

type Command = (args: readonly string[], out: Writer, err: Writer) => Promise<number>

const commands: { readonly [name: string]: () => Promise<Command> } = {
  analyse: async () => (await import('./analyse.ts')).analyse,
  init: async () => (await import('./init.ts')).init,
  'reset-sign-in': async () => (await import('./reset-sign-in.ts')).resetSignInCommand,
  backup: async () => (await import('./backup.ts')).backup,
  restore: async () => (await import('./restore.ts')).restore,
  keys: async () => (await import('./keys.ts')).keys,
  audit: async () => (await import('./audit.ts')).audit,
  doctor: async () => (await import('./doctor.ts')).doctor,
  programme: async () => {
    const { programme } = await import('./programme.ts')
    return (args, out, err) =>
      programme(
        args,
        (text) => void out.write(text),
        (text) => void err.write(text),
      )
  },
  detect: async () => (await import('./detect.ts')).detect,
  kobo: async () => (await import('./kobo.ts')).kobo,
  sums: async () => (await import('./sums.ts')).sums,
  import: async () => (await import('./import.ts')).importCommand,
  synthetic: async () => (await import('./synthetic.ts')).synthetic,
  xlsform: async () => (await import('./xlsform.ts')).xlsform,
}

// Whoever reads our lines may stop reading: `npx attune detect --ndjson < texts | head`.
process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1))

const [name = '', ...args] = process.argv.slice(2)

if (name === 'clauses') {
  // A script of its own: it reads its arguments and sets the exit code itself.
  process.argv.splice(2, 1)
  await import('./clauses.ts')
} else {
  const command = commands[name]
  if (command === undefined) throw new Error(`There is no command "${name}".`)
  try {
    process.exitCode = await (await command())(args, process.stdout, process.stderr)
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : 'The command failed.'}\n`)
    process.exitCode = 1
  }
}
