// Postcodes of the United Kingdom: area and district, then sector and unit (BS7666; the letters C I K M O V are never in a unit).
import type { Candidate, Detector } from './detector.ts'

const areas = new Set(
  'ab al b ba bb bd bh bl bn br bs bt ca cb cf ch cm co cr ct cv cw da dd de dg dh dl dn dt dy e ec eh en ex fk fy g gl gu gy ha hd hg hp hr hs hu hx ig im ip iv je ka kt kw ky l la ld le ll ln ls lu m me mk ml n ne ng nn np nr nw ol ox pa pe ph pl po pr rg rh rm s sa se sg sk sl sm sn so sp sr ss st sw sy ta td tf tn tq tr ts tw ub w wa wc wd wf wn wr ws wv yo ze'.split(
    ' ',
  ),
)
const outward = /^([a-z]{1,2})\d[a-z\d]?$/
const inward = /^\d[abd-hjlnp-uw-z]{2}$/
const before = new Set(['postcode', 'postcodes', 'code', 'area', 'lives', 'live', 'living', 'moved', 'to', 'in', 'near'])

/** Full postcodes with or without the space, in any case; the first half alone after a word like "postcode". */
export const detectPostcode: Detector = ({ tokens }) => {
  const found: Candidate[] = []
  for (let index = 0; index < tokens.length; index += 1) {
    const token = tokens[index]!
    if (token.kind !== 'code' || token.text.length > 7) continue
    const next = tokens[index + 1]
    if (isOutward(token.folded) && next?.kind === 'code' && inward.test(next.folded)) {
      found.push({ from: index, to: index + 2, type: 'POSTCODE', confidence: 0.97, because: 'a postcode' })
      index += 1
    } else if (token.text.length >= 5 && inward.test(token.folded.slice(-3)) && isOutward(token.folded.slice(0, -3)))
      found.push({ from: index, to: index + 1, type: 'POSTCODE', confidence: 0.93, because: 'a postcode' })
    else if (
      isOutward(token.folded) &&
      (before.has(tokens[index - 1]?.folded ?? '') || (tokens[index - 1]?.folded === 'is' && tokens[index - 2]?.folded === 'postcode')) &&
      (token.letterCase === 'upper' || tokens[index - 1]?.folded === 'postcode')
    )
      found.push({ from: index, to: index + 1, type: 'POSTCODE', confidence: 0.6, because: 'the first half of a postcode' })
  }
  return found
}

function isOutward(folded: string): boolean {
  const area = outward.exec(folded)?.[1]
  return area !== undefined && areas.has(area)
}
