// `npm run isolation [-- --requests 100000 --questions 10000 --seed 1]`: random requests of everybody for everything, and what must never come back.
import { parseArgs } from 'node:util'
import { runIsolation } from './isolation/run-isolation.ts'

const { values } = parseArgs({
  options: {
    requests: { type: 'string', default: '100000' },
    questions: { type: 'string', default: '10000' },
    seed: { type: 'string', default: '1' },
  },
})
const requests = Number(values.requests)
console.log(`${requests} random requests, seed ${values.seed}`)
const began = performance.now()
const report = await runIsolation({
  requests,
  questions: Number(values.questions),
  seed: Number(values.seed),
  told: (done) => console.log(`  ${done} of ${requests} (${((performance.now() - began) / 1000).toFixed(0)} s so far)`),
})
console.log(
  `${report.people} people, ${report.routes} routes; replies: ${[...report.statuses].map(([kind, count]) => `${count} ${kind}`).join(', ')}`,
)
const results: [readonly string[], string][] = [
  [
    report.leaks,
    `${report.requests} requests and ${report.questions} direct questions: ${report.leaks.length} show or change something of another service`,
  ],
  [report.undeclared, `${report.undeclared.length} replies with a field that the contract does not declare`],
  [report.faults, `${report.faults.length} faults (5xx)`],
]
for (const [found, says] of results) {
  console.log(`${found.length === 0 ? 'ok    ' : 'FAILED'} ${says}`)
  for (const sentence of [...new Set(found)].slice(0, 10)) console.log(`         ${sentence}`)
}
const failed = results.filter(([found]) => found.length > 0).length
console.log(`${results.length - failed} passed, ${failed} failed`)
process.exit(failed === 0 ? 0 : 1)
