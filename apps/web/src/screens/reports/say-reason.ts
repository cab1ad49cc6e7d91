// Why a figure is hidden, and what figures cannot show, in the language in use. A release keeps a reason as the English sentence that was decided on,
// so it is known by that.
import { charts } from '../../messages/en/charts.ts'
import { say } from '../../messages/index.ts'

type ReasonKey = Extract<keyof typeof charts, `reasons.${string}` | `caveats.${string}`>

const slot = /\{(\w+)\}/g
const straight = (text: string) => text.replaceAll(/[“”]/g, '"').replaceAll('’', "'")
const known = (Object.keys(charts) as (keyof typeof charts)[])
  .filter((key): key is ReasonKey => key.startsWith('reasons.') || key.startsWith('caveats.'))
  .map((key) => {
    const message = charts[key]
    const sentence = typeof message === 'string' ? message : message({ count: '{count}', label: '{label}' })
    const names = [...sentence.matchAll(slot)].map(([, name]) => name!)
    const plain = straight(sentence).replaceAll(/[.*+?^$()|[\]\\]/g, '\\$&')
    return { key, names, pattern: new RegExp(`^${plain.replaceAll(slot, '(.+?)')}$`) }
  })

/** The sentence in the language in use; one that this app does not know is shown as it came. */
export function sayReason(because: string): string {
  for (const { key, names, pattern } of known) {
    const found = pattern.exec(straight(because))
    if (found === null) continue
    const values = Object.fromEntries(names.map((name, at) => [name, found[at + 1]!]))
    return (say as (key: ReasonKey, values: object) => string)(key, values)
  }
  return because
}
