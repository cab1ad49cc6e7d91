// `npx attune init`: makes a real installation. Asks what it needs, or takes it from flags, and ends with the first administrator's link.
// It may be run again: settings are written anew, keys and records stay as they are.
import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { createInterface } from 'node:readline/promises'
import { parseArgs } from 'node:util'
import { invite } from '../apps/server/src/actions/invitation/invite.ts'
import { readEnvironment, settingsFile } from '../apps/server/src/env.ts'
import { getProgramme } from '../apps/server/src/outside/programme-folder.ts'
import { rootKeyFile } from '../apps/server/src/outside/root-key.ts'
import { withAttune } from './with-attune.ts'
import { toLines, type Writer } from './writer.ts'

type Write = (line: string) => void

const questions = {
  admin: {
    asks: 'E-mail address of the first administrator',
    wrong: 'This is not an e-mail address.',
    fits: (text: string) => /^[^@\s]+@[^@\s]+\.[^@\s]+$/.test(text),
  },
  origin: {
    asks: 'Address that people will type (https://…)',
    wrong: 'Write it with https://, without a path.',
    fits: (text: string) => URL.canParse(text) && new URL(text).origin === text.replace(/\/$/, ''),
  },
  proxies: {
    asks: 'Address of the proxy that does the encryption (empty if Attune has its own certificate)',
    wrong: 'Write an address such as 127.0.0.1, or several with commas.',
    fits: (text: string) => /^[0-9a-fA-F.:/, ]*$/.test(text),
  },
  'mail-url': {
    asks: 'Mail server (smtps://user:password@host; empty for none yet)',
    wrong: 'It starts with smtp:// or smtps://.',
    fits: (text: string) => text === '' || /^smtps?:\/\//.test(text),
  },
  'mail-from': {
    asks: 'Address that letters come from (empty for none yet)',
    wrong: 'This is not an e-mail address.',
    fits: (text: string) => text === '' || text.includes('@'),
  },
  region: {
    asks: 'Code of the place where server and databases stand, as the hosting contract says, such as eu-west-1 (empty to say it later)',
    wrong: 'Write it in small letters, digits and hyphens.',
    fits: (text: string) => /^[a-z0-9-]*$/.test(text),
  },
  backups: { asks: 'Folder for backups, best on another disk (empty for the usual one)', wrong: '', fits: () => true },
} as const
type Question = keyof typeof questions
const needed: readonly Question[] = ['admin', 'origin']

const help = `Usage: npx attune init [--admin E-MAIL] [--origin https://ADDRESS] [--proxies LIST] [--mail-url URL] [--mail-from E-MAIL] [--region CODE] [--backups FOLDER]

Makes a real installation in ATTUNE_HOME (default .attune) and prints an invitation link for the first administrator.
In a terminal it asks for what is not given; otherwise --admin and --origin are needed.`

/** Sets the installation up and returns the exit code. */
export async function init(args: readonly string[], outTo: Writer, errTo: Writer): Promise<number> {
  const [out, err] = [toLines(outTo), toLines(errTo)] as const
  const { values } = parseArgs({
    args: [...args],
    options: { ...Object.fromEntries(Object.keys(questions).map((name) => [name, { type: 'string' as const }])), help: { type: 'boolean' as const } },
  })
  if (values['help'] === true) {
    out(help)
    return 0
  }
  const answers = await ask(values as Partial<Record<Question, string>>, err)
  if (answers === undefined) return 2
  const settings = toSettings(answers)
  // Nothing is written down before the database has agreed to be a real installation.
  const environment = readEnvironment({ ...process.env, ...settings })
  const programme = getProgramme(environment.programme)
  return withAttune({ environment, programme, makes: true, err: errTo }, async (attune) => {
    mkdirSync(environment.backups, { recursive: true, mode: 0o700 })
    writeSettings(environment.home, settings)
    const { link, endsAt, sent } = await invite(attune, {
      email: answers.admin,
      role: 'administrator',
      serviceId: 'operator',
      by: { role: 'system', serviceId: 'operator' },
      origin: new URL(answers.origin).origin,
    })
    out(`The installation is ready in ${environment.home}.

1. Keep a copy of ${rootKeyFile(environment.home)} in a safe place that is not this machine.
   Without it no record opens again, and nobody can help.
2. Start Attune: "npm start" here, or the service of docs/guides/running.md.
3. ${sent ? 'The first administrator has been sent this link.' : 'Give the first administrator this link.'} It works once, until ${endsAt.toISOString().slice(0, 10)}:
   ${link}
4. Run "npx attune doctor" whenever something seems wrong.`)
    return 0
  })
}

async function ask(given: Partial<Record<Question, string>>, err: Write): Promise<Record<Question, string> | undefined> {
  const answers = {} as Record<Question, string>
  const terminal = process.stdin.isTTY === true ? createInterface({ input: process.stdin, output: process.stdout }) : undefined
  let complete = true
  for (const name of Object.keys(questions) as Question[]) {
    const { asks, wrong, fits } = questions[name]
    let answer = given[name]?.trim()
    if (answer === undefined && terminal !== undefined) {
      do {
        if (answer !== undefined) err(wrong)
        answer = (await terminal.question(`${asks}: `)).trim()
      } while (!fits(answer) || (answer === '' && needed.includes(name)))
    }
    answer ??= ''
    if ((answer === '' && needed.includes(name)) || !fits(answer)) {
      err(answer === '' ? `--${name} is needed: ${asks}.` : `--${name}: ${wrong}`)
      complete = false
    }
    answers[name] = answer
  }
  terminal?.close()
  return complete ? answers : undefined
}

function toSettings(answers: Record<Question, string>): Record<string, string> {
  return {
    ATTUNE_DEMO: '0',
    ATTUNE_ORIGIN: new URL(answers.origin).origin,
    ATTUNE_PROXIES: answers.proxies,
    ATTUNE_MAIL_URL: answers['mail-url'],
    ATTUNE_MAIL_FROM: answers['mail-from'],
    ATTUNE_REGION: answers.region,
    ATTUNE_BACKUPS: answers.backups === '' ? '' : path.resolve(answers.backups),
  }
}

/** Writes the settings whole or not at all; lines that a person added for other variables stay. */
function writeSettings(home: string, settings: Record<string, string>): void {
  const file = settingsFile(home)
  const others = existsSync(file)
    ? readFileSync(file, 'utf8')
        .split('\n')
        .filter((line) => line !== '' && !line.startsWith('#') && !((line.split('=')[0] ?? '') in settings))
    : []
  const lines = Object.entries(settings)
    .filter(([, value]) => value !== '')
    .map(([name, value]) => `${name}=${/[#'"\s]/.test(value) ? JSON.stringify(value) : value}`)
  const aside = `${file}.${randomBytes(4).toString('hex')}`
  writeFileSync(
    aside,
    `# Settings of this installation, written by "npx attune init". A variable of the environment stands above a line here.\n${[...lines, ...others].join('\n')}\n`,
    { mode: 0o600 },
  )
  renameSync(aside, file)
}
