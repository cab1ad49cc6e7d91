// `npm run bench`: how fast it is, beside the physical limit measured in the same run. `npm run bench -- submissions` runs a part.
// Nothing here passes or fails: machines are noisy, so figures are printed with what they are compared to and what limits them.
export type Figure = { readonly name: string; readonly value: string; readonly beside: string }
export type Part = { readonly name: string; readonly measure: () => Promise<readonly Figure[]> }

const parts: readonly Part[] = [
  { name: 'start', measure: async () => (await import('./bench/start.ts')).measureStart() },
  { name: 'submissions', measure: async () => (await import('./bench/submissions.ts')).measureSubmissions() },
  { name: 'offline', measure: async () => (await import('./bench/offline.ts')).measureOffline() },
  { name: 'page', measure: async () => (await import('./bench/page.ts')).measurePage() },
  { name: 'forms', measure: async () => (await import('./bench/forms.ts')).measureForms() },
  { name: 'xlsform', measure: async () => (await import('./bench/xlsform.ts')).measureXlsform() },
  { name: 'measures', measure: async () => (await import('./bench/measures.ts')).measureMeasures() },
  { name: 'reports', measure: async () => (await import('./bench/reports.ts')).measureReports() },
  { name: 'desks', measure: async () => (await import('./bench/desks.ts')).measureDesks() },
  { name: 'recompute', measure: async () => (await import('./bench/recompute.ts')).measureRecompute() },
  { name: 'exports', measure: async () => (await import('./bench/exports.ts')).measureExports() },
  { name: 'sign-in', measure: async () => (await import('./bench/sign-in.ts')).measureSignIn() },
  { name: 'steady', measure: async () => (await import('./bench/steady.ts')).measureSteady() },
  { name: 'trust', measure: async () => (await import('./bench/trust.ts')).measureTrust() },
  { name: 'disclosure', measure: async () => (await import('./bench/disclosure.ts')).measureDisclosure() },
]

if (process.argv[1] === import.meta.filename) {
  const asked = process.argv.slice(2)
  for (const word of asked) {
    if (!parts.some((part) => part.name === word)) {
      console.error(`There is no part "${word}". Parts: ${parts.map((part) => part.name).join(', ')}.`)
      process.exit(2)
    }
  }
  for (const part of parts) {
    if (asked.length > 0 && !asked.includes(part.name)) continue
    console.log(`\n${part.name}`)
    for (const figure of await part.measure()) console.log(`  ${figure.name.padEnd(58)} ${figure.value.padStart(16)}   ${figure.beside}`)
  }
  process.exit(0)
}
