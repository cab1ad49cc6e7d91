#!/usr/bin/env node
// `npx attune <command>`: the one command line. Plain JavaScript that runs on Node 20; the commands themselves run under the pinned Node.
import { spawn } from 'node:child_process'
import path from 'node:path'
import { installPackages } from './install.mjs'
import { pinnedNode } from './node.mjs'
import { prepare, serve } from './start.mjs'

const top = path.resolve(import.meta.dirname, '..')
const usage = `Usage: npx attune <command>

  start                     install what is missing, build, and run Attune (the same as npm start)
  build                     install what is missing and build the web app, without starting
  init                      set up a real installation: settings, keys, the first administrator's invitation
  reset-sign-in E-MAIL      for somebody who lost password and second step: a new invitation
  backup                    back up everything that is due, or what is named
  restore                   put a backup back after a loss, by two people
  keys                      rotate the keys, or make a recovery key for a person
  audit verify              check the log of every access against its seals
  doctor                    check this installation; one line each, and what to do
  programme check [folder]  check a programme folder
  detect --ndjson           look for personal facts in texts, one JSON object a line
  sums verify               check what reports add up against the sealed answers
  import kobo|odk           take records over from KoboToolbox or ODK Central
  import connected          read the Kobo server of the settings now, as the clock does each night
  synthetic                 invented data, a dictionary and first lines of an analysis, for a release
  analyse                   fetch the released figures of all services into one file, with an analyst's token
  xlsform convert FILE      turn an XLSForm into an XForm
  clauses [--json]          count the clauses that the last test run has proven

npx attune <command> --help says more.`

/** The first word of each line above: what is not explained there does not exist. */
const names = new Set([...usage.matchAll(/^ {2}([\w-]+) /gm)].map(([, name]) => name))

const [command, ...rest] = process.argv.slice(2)

try {
  if (command === undefined || ['help', '--help', '-h'].includes(command)) {
    console.log(usage)
    process.exit(command === undefined ? 2 : 0)
  }
  if (['start', 'build'].includes(command)) {
    if (rest.length > 0) {
      console.log(`npx attune ${command} takes no further words; what can be set is in docs/guides/running.md.`)
      process.exit(rest.includes('--help') ? 0 : 2)
    }
    const node = prepare()
    if (command === 'start') serve(node)
    else console.log('Attune is built. "npx attune start" runs it.')
  } else runCommand()
} catch (error) {
  console.error(error.message)
  process.exit(1)
}

function runCommand() {
  if (!names.has(command)) {
    console.error(`There is no command "${command}".\n\n${usage}`)
    process.exit(2)
  }
  installPackages(top)
  const child = spawn(pinnedNode(), ['--disable-warning=ExperimentalWarning', path.join(top, 'tools', 'attune-command.ts'), command, ...rest], {
    stdio: 'inherit',
  })
  process.on('SIGINT', () => {})
  process.on('SIGTERM', () => child.kill('SIGTERM'))
  child.on('exit', (code, signal) => process.exit(code ?? (signal === 'SIGINT' ? 130 : 1)))
}
