// What the house style asks of the tree itself: short files, kebab-case names, no drawers, nothing unfinished, no test that is switched off.
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { trackedFiles } from './tracked.ts'

const sourceLimit = 400
const testLimit = 500
const drawer = /(^|\/)(utils?|helpers?|common|shared|misc|lib|core)(\/|\.[a-z]+$)/i
const written = /\.(ts|vue|mjs)$/
const test = /\.test(-d)?\.ts$/
const unfinished = new RegExp(`\\b(${['TO' + 'DO', 'FIX' + 'ME', 'XX' + 'X', 'HA' + 'CK'].join('|')})\\b`)
const switchedOff = new RegExp(`\\b(it|test|describe)\\.(${['sk' + 'ip', 'on' + 'ly', 'to' + 'do'].join('|')})\\(`)
const machinePath = new RegExp(`(^|[^\\w.)])/(${['tm' + 'p', 'ro' + 'ot', 'wo' + 'rk'].join('|')})/[a-z]`)

/** One sentence for each break of the rules, with the file and what to do. */
export function checkTree(top: string, files = trackedFiles(top), read = (file: string) => readFileSync(path.join(top, file), 'utf8')): string[] {
  const issues: string[] = []
  for (const file of files) {
    if (drawer.test(file)) issues.push(`${file}: this name is a drawer; put each thing with the noun it is about.`)
    if (!written.test(file)) continue
    const text = read(file)
    const lines = text.split('\n').length - 1
    const limit = test.test(file) ? testLimit : sourceLimit
    if (lines > limit) issues.push(`${file}: ${lines} lines, at most ${limit}; split it by what its parts are about.`)
    const name = path.basename(file).replace(/(\.test|\.test-d|\.config|\.d|\.bench|\.fixture)?\.(ts|vue|mjs)$/, '')
    if (!/^[a-z0-9]+(-[a-z0-9]+)*$/.test(name) && !(file.endsWith('.vue') && /^[A-Z][A-Za-z0-9]*$/.test(name))) {
      issues.push(`${file}: name files in kebab-case after their main export (Vue components in PascalCase).`)
    }
    const open = unfinished.exec(text)
    if (open !== null) issues.push(`${file}: says ${open[0]}; finish it, or write a failing test that names the gap.`)
    if (test.test(file) && switchedOff.test(text)) issues.push(`${file}: holds a test that does not run.`)
    if (machinePath.test(text)) issues.push(`${file}: names a path of one machine.`)
  }
  return issues
}
