import { describe, expect, it } from 'vitest'
import { readPng, writeSmallPng } from './small-png.ts'

/** A picture of stripes in `colours`, then one pixel of another colour. */
function stripes(colours: readonly number[], width: number, odd: number): { width: number; height: number; rgba: Buffer } {
  const height = colours.length
  const rgba = Buffer.alloc(width * height * 4, 255)
  for (let y = 0; y < height; y++) for (let x = 0; x < width; x++) rgba.writeUIntBE(colours[y]!, (y * width + x) * 4, 3)
  rgba.writeUIntBE(odd, 0, 3)
  return { width, height, rgba }
}

describe('a small PNG', () => {
  it('of no more than 256 colours holds every pixel as it was', () => {
    const picture = stripes([0x0b5a5c, 0xfbf8f2, 0x1d2829], 7, 0xff0000)
    const file = writeSmallPng(picture)
    expect(file.subarray(1, 4).toString()).toBe('PNG')
    // Colour type 3: a palette. Each of the four colours is in it once, the commonest first.
    expect(file[25]).toBe(3)
    const at = file.indexOf('PLTE')
    expect(file.readUInt32BE(at - 4)).toBe(12)
    expect([0, 3, 6, 9].map((place) => file.readUIntBE(at + 4 + place, 3))).toEqual([0x1d2829, 0xfbf8f2, 0x0b5a5c, 0xff0000])
    expect(() => readPng(file)).toThrow('true colour')
  })

  it('of more colours takes the nearest for those that few pixels have', () => {
    const colours = Array.from({ length: 256 }, (_, at) => at * 0x010101)
    const file = writeSmallPng(stripes(colours, 3, 0x80ff00))
    expect(file.readUInt32BE(file.indexOf('PLTE') - 4)).toBe(768)
    expect(file.includes(Buffer.from([0x80, 0xff, 0x00]))).toBe(false)
  })
})
