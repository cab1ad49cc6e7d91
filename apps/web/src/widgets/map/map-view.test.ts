import { describe, expect, it } from 'vitest'
import { findPlaceAt, fitPlaces, pan, tilesOf, toPixels, toPlace, toSpot, toSpotAt, toTileAddress, zoom, type MapFrame } from './map-view.ts'

const frame = (more: Partial<MapFrame> = {}): MapFrame => ({
  centre: toSpot({ latitude: 51.5, longitude: -0.12 }),
  level: 10,
  width: 300,
  height: 320,
  ...more,
})
const cardiff = { latitude: 51.4816, longitude: -3.1791 }

describe('a map', () => {
  it('knows which tile a place is on, as the OpenStreetMap wiki works it out', () => {
    const { x, y } = toSpot({ latitude: 51.4816, longitude: -3.1791 })
    const count = 2 ** 12
    const radians = (51.4816 * Math.PI) / 180
    expect(Math.floor(x * count)).toBe(Math.floor(((-3.1791 + 180) / 360) * count))
    expect(Math.floor(y * count)).toBe(Math.floor(((1 - Math.log(Math.tan(radians) + 1 / Math.cos(radians)) / Math.PI) / 2) * count))
  })

  it('finds its way back from pixels to places to a tenth of a metre', () => {
    const near = frame({ level: 18, centre: toSpot(cardiff) })
    const { left, top } = toPixels(near, toSpot({ latitude: 51.4821, longitude: -3.1785 }))
    const back = toPlace(toSpotAt(near, left, top))
    expect([back.latitude, back.longitude]).toEqual([expect.closeTo(51.4821, 6), expect.closeTo(-3.1785, 6)])
  })

  it('covers its frame with tiles, each of them on the world, and goes round at the date line', () => {
    const tiles = tilesOf(frame())
    for (const corner of [0, 299])
      for (const side of [0, 319])
        expect(tiles.some(({ left, top }) => left <= corner && corner < left + 256 && top <= side && side < top + 256)).toBe(true)
    const east = tilesOf(frame({ centre: toSpot({ latitude: -17, longitude: 179.99 }), level: 3 }))
    expect(new Set(east.map(({ column }) => column))).toEqual(new Set([7, 0]))
    expect(tilesOf(frame({ level: 0 })).every(({ column, row }) => column === 0 && row === 0)).toBe(true)
  })

  it('keeps what is under the finger there when it comes nearer, and stops at its deepest level', () => {
    const before = toSpotAt(frame(), 40, 70)
    const after = toSpotAt(zoom(frame(), 1, 18, 40, 70), 40, 70)
    expect([after.x, after.y]).toEqual([expect.closeTo(before.x, 12), expect.closeTo(before.y, 12)])
    expect(zoom(frame({ level: 18 }), 1, 18).level).toBe(18)
    expect(zoom(frame({ level: 0 }), -1, 18).level).toBe(0)
  })

  it('pushed to the right shows what was on the left, and never goes past a pole', () => {
    expect(pan(frame(), 100, 0).centre.x).toBeLessThan(frame().centre.x)
    expect(pan(frame({ level: 0 }), 0, 5000).centre.y).toBe(0)
  })

  it('opens with every place in sight', () => {
    const places = [cardiff, { latitude: 55.9533, longitude: -3.1883 }]
    const opened = frame(fitPlaces(places, { width: 300, height: 320 }, 18))
    for (const place of places) {
      const { left, top } = toPixels(opened, toSpot(place))
      expect(left > 0 && left < 300 && top > 0 && top < 320).toBe(true)
    }
    expect(fitPlaces([cardiff], { width: 300, height: 320 }, 18).level).toBe(16)
  })

  it('finds the place under a finger and none further away', () => {
    const near = frame({ centre: toSpot(cardiff) })
    expect(findPlaceAt(near, [{ latitude: 0, longitude: 0 }, cardiff], 160, 165)).toBe(1)
    expect(findPlaceAt(near, [cardiff], 190, 160)).toBeUndefined()
    expect(findPlaceAt(near, [], 150, 160)).toBeUndefined()
  })

  it('asks for a tile at the address that was set up', () => {
    expect(toTileAddress('https://t.example/{z}/{x}/{y}.png?v={z}', tilesOf(frame({ level: 0 }))[0]!)).toBe('https://t.example/0/0/0.png?v=0')
  })
})
