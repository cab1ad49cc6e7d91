import { describe, expect, it } from 'vitest'
import { drawQr } from './draw-qr.ts'
import { nameDevice } from './name-device.ts'

describe('the square code of an authenticator app', () => {
  const drawing = drawQr('otpauth://totp/Attune:nia@riverside.example?secret=JBSWY3DPEHPK3PXP&issuer=Attune')
  const dark = new Set([...drawing.path.matchAll(/M(\d+) (\d+)h1v1h-1z/g)].map(([, column, row]) => `${column} ${row}`))

  it('keeps four light modules on every side', () => {
    for (const place of dark) for (const part of place.split(' ').map(Number)) expect(part >= 4 && part < drawing.size - 4).toBe(true)
  })

  it('has its three corner squares, and none in the fourth corner', () => {
    const end = drawing.size - 5
    const ring = (left: number, top: number): boolean =>
      [0, 1, 2, 3, 4, 5, 6].every((step) => dark.has(`${left + step} ${top}`) && dark.has(`${left} ${top + step}`))
    expect([ring(4, 4), ring(end - 6, 4), ring(4, end - 6), ring(end - 6, end - 6)]).toEqual([true, true, true, false])
  })

  it('is another one for another secret', () => expect(drawQr('otpauth://totp/x?secret=AAAA').path).not.toBe(drawing.path))
})

describe('the name of a passkey’s device', () => {
  it.each([
    ['Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X)', 'iPhone'],
    ['Mozilla/5.0 (Linux; Android 16; Pixel 9)', 'Android'],
    ['Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7)', 'Mac'],
    ['something else', 'this device'],
  ])('for “%s” is %s', (agent, name) => expect(nameDevice(agent)).toBe(name))
})
