import { describe, expect, it } from 'vitest'
import { blankPoint, fromGeoPoint, toGeoPoint } from './geo-point.ts'

describe('a place', () => {
  it('is written as ODK writes it and read back the same', () => {
    expect(fromGeoPoint({ latitude: '51.48', longitude: '-3.18', altitude: '', accuracy: '' })).toBe('51.48 -3.18 0 0')
    expect(toGeoPoint('51.48 -3.18 12.5 4.0')).toEqual({ latitude: '51.48', longitude: '-3.18', altitude: '12.5', accuracy: '4.0' })
  })

  it('nothing typed is no answer; half a place or one off this planet is none either, but a mistake', () => {
    expect(fromGeoPoint(blankPoint)).toBe('')
    for (const [latitude, longitude] of [
      ['51', ''],
      ['91', '0'],
      ['0', '-181'],
      ['north', '3'],
    ] as const)
      expect(fromGeoPoint({ ...blankPoint, latitude, longitude })).toBeUndefined()
  })
})
