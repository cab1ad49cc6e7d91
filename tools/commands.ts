// The commands of `npx attune` that run under the pinned Node, each in a file of its own that is read when it is asked for.
import type { Writer } from './writer.ts'

/** Does the work and gives the exit code: 0 done, 1 something is wrong, 2 the words were not understood. */
type Command = (args: readonly string[], out: Writer, err: Writer) => Promise<number>

export const commands: { readonly [name: string]: () => Promise<Command> } = {
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
  sums: async () => (await import('./sums.ts')).sums,
  import: async () => (await import('./import.ts')).importCommand,
  synthetic: async () => (await import('./synthetic.ts')).synthetic,
  xlsform: async () => (await import('./xlsform.ts')).xlsform,
}
