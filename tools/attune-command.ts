// Runs one command of `npx attune` under the pinned Node and ends with its exit code.
import { commands } from './commands.ts'

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
    const isMisunderstood = String((error as NodeJS.ErrnoException).code).startsWith('ERR_PARSE_ARGS')
    if (isMisunderstood) process.stderr.write(`npx attune ${name} --help says what it takes.\n`)
    process.exitCode = isMisunderstood ? 2 : 1
  }
}
