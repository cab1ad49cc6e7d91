// WCAG 2.2 AA for every pair of colours that the theme puts text or edges in, light and dark: 1.4.3 (4.5:1 for text), 1.4.11 (3:1 for edges).
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'

const source = readFileSync(new URL('./_theme.scss', import.meta.url), 'utf8')
const patterns = readFileSync(new URL('./_patterns.scss', import.meta.url), 'utf8')

function readScheme(name: 'light' | 'dark'): Map<string, string> {
  const block = new RegExp(`@mixin ${name} \\{([^}]*)\\}`).exec(source)?.[1] ?? ''
  const found = new Map([...block.matchAll(/--([\w-]+):\s*(#[0-9a-f]{6})/g)].map(([, key = '', value = '']) => [key, value]))
  // In the light scheme govuk-frontend's own properties come from its settings.
  if (name === 'light')
    for (const [, key = '', value = ''] of patterns.matchAll(/'([\w-]+)': (#[0-9a-f]{6})/g)) found.set(`govuk-${key}-colour`, value)
  return found
}

function luminance(colour: string): number {
  const parts = [1, 3, 5].map((start) => Number.parseInt(colour.slice(start, start + 2), 16) / 255)
  const [red = 0, green = 0, blue = 0] = parts.map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4))
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

function contrast(one: string, other: string): number {
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b)
  return (light + 0.05) / (dark + 0.05)
}

const grounds = ['attune-ground', 'attune-surface', 'attune-sunken']
const onGrounds = [
  'attune-text',
  'attune-text-quiet',
  'attune-action',
  'attune-warm',
  'attune-error',
  'attune-success',
  'govuk-link-colour',
  'govuk-link-visited-colour',
  'govuk-link-hover-colour',
  'govuk-secondary-text-colour',
]
const textPairs = [
  ...grounds.flatMap((ground) => onGrounds.map((text) => [text, ground] as const)),
  ['attune-on-action', 'attune-action'],
  ['attune-on-action', 'attune-action-hover'],
  ['attune-action', 'attune-action-tint'],
  ['attune-text', 'attune-action-tint'],
  ['attune-on-warm-tint', 'attune-warm-tint'],
  ['attune-text', 'attune-warm-tint'],
  ['attune-text-quiet', 'attune-warm-tint'],
  ['attune-error', 'attune-error-tint'],
  ['attune-success', 'attune-success-tint'],
  ['attune-text', 'attune-success-tint'],
  ['attune-surface', 'attune-error'],
  ['govuk-focus-text-colour', 'govuk-focus-colour'],
] as const
const edgePairs = [
  ...grounds.map((ground) => ['attune-edge-strong', ground] as const),
  ...grounds.map((ground) => ['govuk-input-border-colour', ground] as const),
  ['attune-series-1', 'attune-surface'],
  ['attune-series-2', 'attune-surface'],
  ['attune-series-quiet', 'attune-surface'],
  ['attune-mark-dot', 'attune-surface'],
] as const

describe.each(['light', 'dark'] as const)('the %s theme', (name) => {
  const scheme = readScheme(name)
  const colour = (key: string): string => scheme.get(key) ?? (name === 'dark' ? (readScheme('light').get(key) ?? '') : '')

  it.each(textPairs)('can be read: %s on %s', (text, ground) => expect(contrast(colour(text), colour(ground))).toBeGreaterThanOrEqual(4.5))
  it.each(edgePairs)('can be seen: %s on %s', (edge, ground) => expect(contrast(colour(edge), colour(ground))).toBeGreaterThanOrEqual(3))
})
