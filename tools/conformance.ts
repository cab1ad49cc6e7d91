// Replays the recorded conformance cases of XLSForm through our compiler and says what passes, by feature.
// The cases lie beside the repository, in ../shared/conformance; without them there is nothing to do.
import { existsSync, readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { checkCase, type ConformanceCase } from './conformance-case.ts'
import { findDifferenceReason, findOutOfScope } from './conformance-scope.ts'

const file = new URL('../../shared/conformance/xlsform-cases.json.gz', import.meta.url)

type Tally = { passed: number; total: number }

function toFeature(test: string): string {
  return (
    test
      .split('.')
      .find((part) => part.startsWith('test_'))
      ?.slice(5) ?? test
  )
}

async function main(): Promise<number> {
  if (!existsSync(file)) {
    console.log('conformance: no recorded cases beside this repository (../shared/conformance), nothing to replay.')
    return 0
  }
  const cases = JSON.parse(gunzipSync(readFileSync(file)).toString('utf8')) as ConformanceCase[]
  const byFeature = new Map<string, Tally>()
  const failures: string[] = []
  const asShipped: number[] = []
  const outside = new Map<string, number[]>()
  for (const one of cases) {
    const reason = findOutOfScope(one)
    if (reason !== undefined) {
      outside.set(reason, [...(outside.get(reason) ?? []), one.id])
      continue
    }
    const feature = toFeature(one.test)
    const tally = byFeature.get(feature) ?? { passed: 0, total: 0 }
    byFeature.set(feature, tally)
    tally.total += 1
    const wrong = checkCase(one, 'unchecked')
    if (checkCase(one, 'checked').length > 0) asShipped.push(one.id)
    if (wrong.length === 0) tally.passed += 1
    else failures.push(`  ${one.id} ${feature} ${one.test.split('.').at(-1)}: ${findDifferenceReason(one) ?? wrong.join(' | ')}`)
  }
  for (const [feature, { passed, total }] of [...byFeature].sort(([a], [b]) => a.localeCompare(b))) {
    console.log(`${passed === total ? 'ok ' : '-- '} ${String(passed).padStart(4)} / ${String(total).padEnd(4)} ${feature}`)
  }
  for (const [reason, ids] of outside) console.log(`out of scope, ${reason}: ${ids.length} (${ids.join(' ')})`)
  if (failures.length > 0) console.log(['not passed:', ...failures].join('\n'))
  const tallies = [...byFeature.values()]
  const [passed, total] = [tallies.reduce((sum, one) => sum + one.passed, 0), tallies.reduce((sum, one) => sum + one.total, 0)]
  // The recorded compiler leaves expressions to a validator that was not run; ours refuses those no player can open.
  console.log(`with expressions checked, as people use it: ${total - asShipped.length} / ${total} (not: ${asShipped.join(' ')})`)
  const share = total === 0 ? 0 : (100 * passed) / total
  console.log(`conformance: ${passed} / ${total} in scope (${share.toFixed(1)} %), ${cases.length - total} out of scope`)
  return share >= 99 ? 0 : 1
}

process.exitCode = await main()
