// `npm run faults [-- --kills 200 --seed 1 --pair 10]`: kills the server, PostgreSQL or both at random moments under load, and counts what is lost or
// doubled; then two servers on one PostgreSQL, of which one is killed after the other.
import { parseArgs } from 'node:util'
import { runFaults } from './faults/run-faults.ts'
import { runPair } from './faults/run-pair.ts'

const { values } = parseArgs({
  options: { kills: { type: 'string', default: '200' }, seed: { type: 'string', default: '1' }, pair: { type: 'string', default: '10' } },
})
const kills = Number(values.kills)
const began = performance.now()
const results: [boolean, string][] = []
if (kills > 0) {
  console.log(`${kills} kills under load, seed ${values.seed}`)
  const report = await runFaults({
    kills,
    seed: Number(values.seed),
    told: (kill, victim, backIn) => {
      if ((kill + 1) % 10 === 0 || kill + 1 === kills)
        console.log(
          `  ${kill + 1} of ${kills}: ${victim} killed, back after ${(backIn / 1000).toFixed(1)} s (${((performance.now() - began) / 1000).toFixed(0)} s so far)`,
        )
    },
  }).catch(toBroken)
  if (report !== undefined) {
    const { acknowledged, lost, doubled, backInMs, sums, log } = report
    const slowest = Math.max(...backInMs)
    const median = [...backInMs].sort((a, b) => a - b)[Math.floor(backInMs.length / 2)] ?? 0
    const named = (ids: readonly string[]) => (ids.length > 0 ? `: ${ids.slice(0, 5).join(', ')}` : '')
    results.push(
      [acknowledged > 0, `${acknowledged} records were acknowledged`],
      [lost.length === 0, `${lost.length} of them lost${named(lost)}`],
      [doubled.length === 0, `${doubled.length} of them doubled${named(doubled)}`],
      [sums.agree, `sums: ${sums.said}`],
      [log.agree, `log: ${log.said}`],
    )
    console.log(`  back after ${(median / 1000).toFixed(1)} s (median), ${(slowest / 1000).toFixed(1)} s (slowest); goal 5 s on an idle machine`)
  }
}
const pairKills = Number(values.pair)
if (pairKills > 0) {
  console.log(`two servers on one PostgreSQL, ${pairKills} kills`)
  const pair = await runPair({
    kills: pairKills,
    seed: Number(values.seed),
    told: (kill, which) =>
      console.log(`  ${kill + 1} of ${pairKills}: ${which} killed (${((performance.now() - began) / 1000).toFixed(0)} s so far)`),
  }).catch(toBroken)
  if (pair !== undefined)
    results.push(
      [pair.strangers.length === 0, `two servers: a session is good at both${pair.strangers.map((each) => `; ${each}`).join('')}`],
      [pair.taken.every((count) => count > 0), `two servers: ${pair.acknowledged} records were acknowledged, ${pair.taken.join(' and ')}`],
      [pair.lost.length === 0, `two servers: ${pair.lost.length} of them lost`],
      [pair.doubled.length === 0, `two servers: ${pair.doubled.length} of them doubled`],
      [pair.sums.agree, `two servers, sums: ${pair.sums.said}`],
      [pair.log.agree, `two servers, log: ${pair.log.said}`],
    )
}
for (const [holds, says] of results) console.log(`${holds ? 'ok    ' : 'FAILED'} ${says}`)
const failed = results.filter(([holds]) => !holds).length
console.log(`${results.length - failed} passed, ${failed} failed`)
process.exit(failed === 0 ? 0 : 1)

/** A run that could not go on is a failure with its sentence, not an end without a count. */
function toBroken(error: unknown): undefined {
  results.push([false, `the run broke off: ${error instanceof Error ? error.message : String(error)}`])
}
