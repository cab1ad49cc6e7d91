// Every line of the table in test/cases.ts: each fact is touched by a finding of its type, nothing else is flagged.
import { describe, expect, it } from 'vitest'
import { cases } from '../test/cases.ts'
import { readMarked } from '../test/read-marked.ts'
import { detect } from './detect.ts'

const look = (line: string) => {
  const { text, spans } = readMarked(line)
  const findings = detect(text)
  const met = spans.map((span) => findings.find((found) => found.type === span.type && found.start < span.end && span.start < found.end))
  return {
    found: met.map((finding, at) => (finding === undefined ? `missed ${text.slice(spans[at]!.start, spans[at]!.end)}` : spans[at]!.type)),
    wanted: spans.map((span) => span.type),
    alarms: findings.filter((finding) => !met.includes(finding)).map((finding) => `${finding.type} ${text.slice(finding.start, finding.end)}`),
  }
}

describe.each(cases.map((one) => [one.about, one] as const))('%s', (_, { hits, nearMisses, otherLanguages }) => {
  it.each([...hits, ...otherLanguages])('%s', (line) => {
    const { found, wanted, alarms } = look(line)
    expect({ found, alarms }).toEqual({ found: wanted, alarms: [] })
  })

  it.each(nearMisses)('quiet: %s', (line) => {
    expect(look(line)).toEqual({ found: [], wanted: [], alarms: [] })
  })
})
