// The letters alone, on names that were kept from them (isHeldOut) and on slips of the pen written by hand.
import { expect, it } from 'vitest'
import { readOrigins } from '../../test/sets.ts'
import { fold } from '../tokens/fold.ts'
import { nameShapeTable } from './generated/name-shape-table.ts'
import { isHeldOut } from './held-out.ts'
import { shapeOf, unpackShape } from './name-shape.ts'

const table = unpackShape(nameShapeTable)
const shareAbove = (words: readonly string[]): number => words.filter((word) => shapeOf(word, table) > 0.2).length / words.length

it.each(readOrigins().map((origin) => [origin.origin, origin] as const))(
  '%s names that the letters have not seen look like names',
  (_, { given }) => {
    const unseen = given.map(fold).filter((name) => isHeldOut(name) && name.length > 4)
    expect(unseen.length).toBeGreaterThan(80)
    expect(shareAbove(unseen)).toBeGreaterThanOrEqual(0.8)
  },
)

it('slips of the pen look like words', () => {
  const slips =
    'sleping watchd smild togther brkfast cuddel wantd playng tird upst feding lauging quitely bottel blanketz kitchn nurserry famly beatiful plesed intrest attnetion confidnt strugling carefuly sesion apointment relaxd bubbels spoones wavd huged clappping listning noticd moments2'.split(
      ' ',
    )
  expect(shareAbove(slips)).toBeLessThanOrEqual(0.2)
})
