// What the pages for people say about commands, scripts and settings is what the program takes. Paths and links are checked by tools/bounds/docs.ts.
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { trackedFiles } from './bounds/tracked.ts'
import { commands } from './commands.ts'

const top = path.resolve(import.meta.dirname, '..')
const read = (file: string) => readFileSync(path.join(top, file), 'utf8')
const pages = trackedFiles(top).filter((file) => file.endsWith('.md') && !file.startsWith('programmes/'))
const unlike = (...names: string[]) => names.filter((name, index) => names.indexOf(name) === index).sort()

/** What the command says about itself, and its exit code. */
async function askHelp(name: string) {
  const said: string[] = []
  const code = await (await commands[name]!())(['--help'], { write: (text) => said.push(text) }, { write: () => undefined })
  return { code, says: said.join('') }
}

const attune = (...words: string[]) => spawnSync(process.execPath, [path.join(top, 'tools/attune.mjs'), ...words], { encoding: 'utf8', cwd: top })

describe('the command line', () => {
  const usage = /`Usage: [^`]+`/.exec(read('tools/attune.mjs'))![0]
  const listed = [...usage.matchAll(/^ {2}([a-z-]+) /gm)].map(([, name]) => name!)

  it('lists every command that there is, and no other', () => {
    expect(unlike(...listed)).toEqual(unlike(...Object.keys(commands), 'start', 'build', 'clauses'))
    // `npm start` and `npm run clauses` stand in the README by their scripts.
    const inReadme = [...read('README.md').matchAll(/`npx attune ([a-z-]+)/g)].map(([, name]) => name!)
    expect(listed.filter((name) => !['start', 'clauses', ...inReadme].includes(name))).toEqual([])
  })

  it.each(Object.keys(commands))(
    'attune %s --help explains the command and does nothing',
    async (name) => {
      const { code, says } = await askHelp(name)
      expect(code).toBe(0)
      expect(says).toMatch(new RegExp(`^Usage: npx attune ${name}\\b`))
      expect(says.length).toBeGreaterThan(80)
    },
    60_000,
  )

  it('says what to do about a word that it does not know, and ends with 2', () => {
    const word = attune('bakcup')
    expect([word.status, word.stdout]).toEqual([2, ''])
    expect(word.stderr).toContain('There is no command "bakcup"')
    const option = attune('doctor', '--jsn')
    expect([option.status, option.stdout]).toEqual([2, ''])
    expect(option.stderr).toContain("Unknown option '--jsn'")
    expect(option.stderr).toContain('npx attune doctor --help')
  }, 60_000)

  it('does not start a server when it is asked what start does', () => {
    const { status, stdout } = attune('start', '--help')
    expect([status, stdout]).toEqual([0, 'npx attune start takes no further words; what can be set is in docs/guides/running.md.\n'])
  }, 60_000)
})

describe('the pages', () => {
  it('name only commands and options that the command line has', async () => {
    const named = pages.flatMap((file) =>
      [...read(file).matchAll(/npx attune ([a-z][\w-]*)([^`\n|#<>]*)/g)].map(([, name, rest]) => ({
        file,
        name: name!,
        words: rest!.split(/[\s;,]+/),
      })),
    )
    expect(named.length).toBeGreaterThan(40)
    const wrong: string[] = []
    for (const { file, name, words } of named) {
      if (['start', 'build', 'clauses'].includes(name)) continue
      const says = commands[name] === undefined ? '' : (await askHelp(name)).says
      const options = words.filter((word) => word.startsWith('--') && !says.includes(word) && word !== '--help')
      const [second = ''] = words.filter((word) => word !== '')
      const isPart = says.includes(`npx attune ${name} ${second}`) || !/^[a-z]+$/.test(second)
      if (says === '' || options.length > 0 || !isPart) wrong.push(`${file}: npx attune ${name} ${second} ${options.join(' ')}`)
    }
    expect(wrong).toEqual([])
  }, 60_000)

  it('name only scripts that package.json has, and the README explains each of them', () => {
    const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> }
    const named = pages.flatMap((file) => [...read(file).matchAll(/npm run ([\w:-]+)/g)].map(([, name]) => ({ file, name: name! })))
    expect(named.filter(({ name }) => !(name in scripts))).toEqual([])
    const explained = new Set(named.filter(({ file }) => file === 'README.md').map(({ name }) => name))
    expect(Object.keys(scripts).filter((name) => !['start', 'test'].includes(name) && !explained.has(name))).toEqual([])
  })

  it('call what is on the screen by the words that are on the screen', () => {
    const words = trackedFiles(top).filter((file) => file.startsWith('apps/web/src/messages/en/') || file === 'programmes/vig-dcs/policy.yaml')
    const shown = words.map((file) => read(file).replaceAll('’', "'")).join('\n')
    // What Excel, Power BI and KoboToolbox call their own.
    const ofOthers = [
      'From Web',
      'Media attachments (ZIP)',
      'XML values and headers',
      'Get Data',
      'Get data',
      'From OData Feed',
      'OData feed',
      'Basic',
      'Data',
    ]
    const named = pages
      .filter((file) => file.startsWith('docs/guides/'))
      .flatMap((file) =>
        [
          ...read(file)
            .replaceAll(/^```[^]*?^```/gm, '')
            .matchAll(/(?<![*\w])\*([A-Z][^*]{1,60}?)[.,]?\*(?![*\w])/g),
        ].map(([, name]) => ({
          file,
          name: name!.replaceAll(/\s+/g, ' ').replaceAll('’', "'"),
        })),
      )
    expect(named.length).toBeGreaterThan(80)
    expect(named.filter(({ name }) => !ofOthers.includes(name) && !shown.includes(name))).toEqual([])
  })

  it('explain every setting that the server reads, and name no other', () => {
    const known = unlike(...[...read('apps/server/src/env.ts').matchAll(/'(ATTUNE_[A-Z0-9_]+|DATABASE_URL|HOST|PORT)'/g)].map(([, name]) => name!))
    expect(known.length).toBeGreaterThan(40)
    const table = [...read('docs/guides/running.md').matchAll(/^\| (`[A-Z].*?) \|/gm)].map(([, cell]) => cell).join(' ')
    expect(known.filter((name) => !table.includes(`\`${name}\``))).toEqual([])
    const readByTools = trackedFiles(top)
      .filter((file) => /^(tools\/.*\.(ts|mjs)|apps\/web\/vite\.config\.ts)$/.test(file) && file !== 'tools/guides.test.ts')
      .map(read)
      .join('\n')
    const named = unlike(...pages.flatMap((file) => [...read(file).matchAll(/ATTUNE_[A-Z0-9_]+[A-Z0-9]/g)].map(([name]) => name)))
    expect(named.filter((name) => !known.includes(name) && !new RegExp(`\\b${name}\\b`).test(readByTools))).toEqual([])
  })
})

describe('the maps of the house', () => {
  const files = trackedFiles(top)
  /** Names of the folders right below one. */
  const roomsOf = (folder: string) =>
    unlike(
      ...files.flatMap((file) =>
        file.startsWith(`${folder}/`)
          ? file
              .slice(folder.length + 1)
              .split('/')
              .slice(0, -1)
              .slice(0, 1)
          : [],
      ),
    )

  it('show every room of the actions in the index, and every room of the web app and every screen with its addresses in its README', () => {
    const index = read('docs/architecture.md')
    const missing = roomsOf('apps/server/src/actions').filter((room) => !new RegExp(`apps/server/src/actions/${room}[/\`]`).test(index))
    expect(missing).toEqual([])
    const map = read('apps/web/README.md')
    expect(roomsOf('apps/web/src').filter((room) => !map.includes(`\`src/${room}/`))).toEqual([])
    const screens = new Map([...map.matchAll(/^\| `([a-z-]+)` \| (`\/.*?) \|/gm)].map(([, room, cell]) => [room!, cell!.match(/\/[^`]*/g)!.sort()]))
    const built = roomsOf('apps/web/src/screens').map((room) => [
      room,
      [...read(`apps/web/src/screens/${room}/routes.ts`).matchAll(/path: '([^']+)'/g)].map(([, at]) => at!).sort(),
    ])
    expect(Object.fromEntries(screens)).toEqual(Object.fromEntries(built))
  })
})
