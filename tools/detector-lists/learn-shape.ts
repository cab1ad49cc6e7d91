// Learns what letters names have: a weight for each run of two to four letters (logistic regression by AdaGrad), names against English words and
// against slips of the pen in them, since a word that no list holds is mostly one or the other. Deterministic.
import { shapePlaces, visitRuns, type PackedShape } from '../../packages/detector/src/lexicon/name-shape.ts'
import { toRandom } from '../../packages/detector/test/generate.ts'

export type Example = { readonly word: string; readonly weight: number }
const rounds = 6
const pace = 0.3
const pull = 0.003
const letters = 'etaoinsrhldcumfpgwybvkxjqz'

/** A word as a hurried hand writes it: two letters swapped, one lost, one doubled, one wrong. */
function slipIn(word: string, random: () => number): string {
  const at = Math.floor(random() * (word.length - 1))
  const kind = random()
  if (kind < 0.4) return word.slice(0, at) + word.charAt(at + 1) + word.charAt(at) + word.slice(at + 2)
  if (kind < 0.7) return word.slice(0, at) + word.slice(at + 1)
  if (kind < 0.85) return word.slice(0, at + 1) + word.charAt(at) + word.slice(at + 1)
  return word.slice(0, at) + letters.charAt(Math.floor(random() * letters.length)) + word.slice(at + 1)
}

/** `usual` are the words whose slips are made up as well, four of each. */
export function learnShape(names: readonly Example[], words: readonly Example[], usual: readonly string[]): PackedShape {
  const random = toRandom(20261128)
  const known = new Set([...names, ...words].map(({ word }) => word))
  const slips = usual.flatMap((word) => [1, 2, 3, 4].map(() => slipIn(word, random))).filter((word) => !known.has(word))
  const toRow = (word: string, isName: number, weight: number) => {
    const places: number[] = []
    visitRuns(word, (place) => places.push(place))
    return { places, isName, weight }
  }
  const rows = [
    ...names.map(({ word, weight }) => toRow(word, 1, weight)),
    ...words.map(({ word, weight }) => toRow(word, 0, weight)),
    ...slips.map((word) => toRow(word, 0, 1)),
  ]
  const weights = new Float64Array(shapePlaces)
  const squares = new Float64Array(shapePlaces).fill(1e-6)
  let bias = 0
  for (let round = 0; round < rounds; round += 1) {
    for (let at = rows.length - 1; at > 0; at -= 1) {
      const other = Math.floor(random() * (at + 1))
      ;[rows[at], rows[other]] = [rows[other]!, rows[at]!]
    }
    for (const { places, isName, weight } of rows) {
      const share = 1 / Math.sqrt(places.length)
      const sum = places.reduce((total, place) => total + (weights[place] ?? 0), 0)
      const error = weight * (1 / (1 + Math.exp(-(sum * share + bias))) - isName)
      bias -= 0.01 * error
      for (const place of places) {
        const slope = error * share + pull * (weights[place] ?? 0)
        squares[place] = (squares[place] ?? 0) + slope * slope
        weights[place] = (weights[place] ?? 0) - (pace / Math.sqrt(squares[place] ?? 1)) * slope
      }
    }
  }
  const spread = Math.sqrt(weights.reduce((total, weight) => total + weight * weight, 0) / shapePlaces)
  const step = Number((spread * 0.7).toFixed(4))
  const packed = [...weights].map((weight) => String.fromCharCode(104 + Math.max(-7, Math.min(7, Math.round(weight / step))))).join('')
  return { weights: packed, step, bias: Number(bias.toFixed(4)) }
}
