// The XLSForm compiler: a long form, beside pyxform where it is installed, and linearity in rows. Processor time, as machines are busy.
import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { compile, readMarkdown } from '@attune/xlsform'
import type { Figure } from '../bench.ts'

export function longForm(questions: number): string {
  const rows = Array.from({ length: questions }, (_, at) =>
    at % 4 === 0
      ? `| | select_one often | q${at} | How often did this happen in week ${at}? | ${at > 0 ? '' : ''} | |`
      : at % 4 === 1
        ? `| | integer | q${at} | How many times? | \${q${at - 1}} = '1' | . >= 0 |`
        : at % 4 === 2
          ? `| | text | q${at} | What was it like? | | |`
          : `| | calculate | q${at} | | | |`,
  )
  const withCalculations = rows.map((row, at) => (at % 4 === 3 ? `| | note | q${at} | You said \${q${at - 2}} | | |` : row))
  return `| survey | | | | | |\n| | type | name | label | relevant | constraint |\n${withCalculations.join('\n')}\n| choices | | | |\n| | list_name | name | label |\n| | often | 1 | Never |\n| | often | 2 | Often |\n| settings | | | |\n| | form_title | form_id | version |\n| | Long | long | 1 |\n`
}

type Times = { readonly least: number; readonly middle: number }

function toTimes(all: readonly number[]): Times {
  const sorted = [...all].sort((a, b) => a - b)
  return { least: sorted[0] ?? 0, middle: sorted[Math.floor(sorted.length / 2)] ?? 0 }
}

/** Milliseconds of processor time (all threads of this process) that one reading and compiling of a form takes. */
function measureOurs(text: string, rounds: number): number[] {
  return Array.from({ length: rounds }, () => {
    const before = process.cpuUsage()
    const result = compile(readMarkdown(text))
    const { user, system } = process.cpuUsage(before)
    if (!result.ok) throw new Error(JSON.stringify(result.issues.slice(0, 3)))
    return (user + system) / 1000
  })
}

// pyxform reads the same Markdown and is asked for the XForm alone, without its Java validator. It answers one line for each line it is sent.
const driver = `
import sys, time
try:
    import pyxform
    from pyxform.xls2xform import convert
except ImportError:
    sys.exit(3)
text = open(sys.argv[1], encoding="utf-8").read()
print(pyxform.__version__, flush=True)
for line in sys.stdin:
    times = []
    for _ in range(int(line)):
        before = time.process_time()
        convert(xlsform=text, file_type=".md", validate=False)
        times.append((time.process_time() - before) * 1000)
    print(" ".join(f"{one:.3f}" for one in times), flush=True)
`

type Pyxform = { readonly version: string; readonly measure: (rounds: number) => Promise<number[]>; readonly stop: () => void }

/** The reference compiler in a process of its own, warm; undefined where Python or pyxform is not installed. PYTHON names another Python than `python3`. */
async function startPyxform(text: string): Promise<Pyxform | undefined> {
  const folder = mkdtempSync(path.join(tmpdir(), 'attune-bench-'))
  const file = path.join(folder, 'form.md')
  writeFileSync(file, text)
  const child = spawn(process.env['PYTHON'] ?? 'python3', ['-c', driver, file], { stdio: ['pipe', 'pipe', 'ignore'] })
  const isGone = new Promise<undefined>((resolve) => child.once('error', () => resolve(undefined)).once('exit', () => resolve(undefined)))
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  const read = async (): Promise<string | undefined> => {
    const line = await Promise.race([lines.next(), isGone])
    return line === undefined || line.done === true ? undefined : line.value
  }
  const version = await read()
  if (version === undefined) {
    rmSync(folder, { recursive: true })
    return undefined
  }
  return {
    version,
    measure: async (rounds) => {
      child.stdin.write(`${rounds}\n`)
      return ((await read()) ?? '').split(' ').map(Number)
    },
    stop: () => {
      child.stdin.end()
      rmSync(folder, { recursive: true })
    },
  }
}

const blocks = 5

export async function measureXlsform(): Promise<Figure[]> {
  const form = longForm(400)
  const pyxform = await startPyxform(form)
  const ours: number[] = []
  const theirs: number[] = []
  measureOurs(form, 60)
  await pyxform?.measure(3)
  // In turns, so that a busy moment of the machine meets both.
  for (let block = 0; block < blocks; block++) {
    ours.push(...measureOurs(form, 40))
    if (pyxform !== undefined) theirs.push(...(await pyxform.measure(6)))
  }
  pyxform?.stop()
  const [own, other, long] = [toTimes(ours), toTimes(theirs), toTimes(measureOurs(longForm(10_000), 5))]
  return [
    {
      name: 'XLSForm of 400 questions compiled, warm',
      value: `${own.middle.toFixed(1)} ms CPU`,
      beside: `goal 20 ms; ${own.least.toFixed(1)} ms at best`,
    },
    pyxform === undefined
      ? {
          name: 'beside pyxform on the same form',
          value: 'not measured',
          beside: 'pyxform is not installed: pip install pyxform, PYTHON=<that python>',
        }
      : {
          name: `beside pyxform ${pyxform.version} on the same form, warm`,
          value: `${(other.middle / own.middle).toFixed(0)} x`,
          beside: `goal 20 x; pyxform ${other.middle.toFixed(0)} ms CPU, ${other.least.toFixed(0)} at best: ${(other.least / own.least).toFixed(0)} x`,
        },
    {
      name: 'XLSForm of 10,000 rows compiled',
      value: `${long.middle.toFixed(0)} ms CPU`,
      beside: `goal 1,000 ms; ${(long.middle / own.middle / 25).toFixed(2)} x linear`,
    },
  ]
}
