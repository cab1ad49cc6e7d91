// Random numbers that come out the same at every start, so that the demo is always the same demo.

export type Dice = {
  /** From 0 up to, not including, 1. */
  readonly roll: () => number
  readonly whole: (least: number, most: number) => number
  readonly pick: <T>(from: readonly T[]) => T
  readonly some: <T>(from: readonly T[], count: number) => T[]
  readonly isLucky: (chance: number) => boolean
  /** Roughly normal: the sum of four rolls. */
  readonly around: (mean: number, spread: number) => number
  readonly bytes: (count: number) => Uint8Array
  readonly uuid: () => string
}

/** The generator mulberry32 by Tommy Ettinger (public domain): 32 bits of state, good enough for invented families. */
export function makeDice(seed: number): Dice {
  let state = seed >>> 0
  const roll = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
  const whole = (least: number, most: number) => least + Math.floor(roll() * (most - least + 1))
  const pick = <T>(from: readonly T[]) => from[whole(0, from.length - 1)]!
  const bytes = (count: number) => Uint8Array.from({ length: count }, () => whole(0, 255))
  return {
    roll,
    whole,
    pick,
    bytes,
    some(from, count) {
      const left = [...from]
      return Array.from({ length: Math.min(count, left.length) }, () => left.splice(whole(0, left.length - 1), 1)[0]!)
    },
    isLucky: (chance) => roll() < chance,
    // A sum of four uniform rolls has the variance 1/3.
    around: (mean, spread) => mean + (roll() + roll() + roll() + roll() - 2) * Math.sqrt(3) * spread,
    uuid() {
      const hex = Buffer.from(bytes(16)).toString('hex')
      return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20)}`
    },
  }
}
