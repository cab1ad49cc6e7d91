// Clients of a whole service, each with what opens its records, in flat memory: 90 bytes a client that no garbage collection looks at. As strings and
// objects in a Map a hundred thousand families took three times that, and time whenever memory was looked through.
const idWords = 4
const firstRoom = 1024

export type ClientList = {
  /** Where a client stands, counted from 0; -1 when it was not added. */
  readonly find: (clientId: string) => number
  /** Adds a client that is not there yet and returns where it stands. `secret` has the length that the list was made for. */
  readonly add: (clientId: string, secret?: Uint8Array) => number
  /** Whether the client has a secret. */
  readonly opens: (at: number) => boolean
  /** The client's own bytes; valid while the list is. */
  readonly secret: (at: number) => Buffer
  readonly mark: (at: number) => void
  /** The ids of all clients that were marked, 16 bytes each, in the order in which they were added. */
  readonly marked: () => Buffer
}

const [known, has, marked] = [0, 1, 2]

/** `secretBytes`: how many bytes each client has. */
export function makeClientList(secretBytes: number): ClientList {
  let count = 0
  let ids = new Uint32Array(firstRoom * idWords)
  let states = new Uint8Array(firstRoom)
  // Open addressing: where a client stands, plus one. At most half full.
  let places = new Int32Array(2 * firstRoom)
  // Never moved: what is grown by copying is there twice for a while.
  const secrets: Buffer[] = []
  const words = new Uint32Array(idWords)

  /** Where in `places` the id in `words` stands, or would. */
  function seek(): number {
    const last = places.length - 1
    // Ids are random, so that any of their bits are as good as a hash; all of them, should somebody have chosen some.
    for (let at = Math.imul(words[0]! ^ words[1]! ^ words[2]! ^ words[3]!, 0x9e3779b1) >>> 7; ; at++) {
      const place = places[at & last]!
      if (place === 0) return at & last
      const id = (place - 1) * idWords
      if (ids[id] === words[0] && ids[id + 1] === words[1] && ids[id + 2] === words[2] && ids[id + 3] === words[3]) return at & last
    }
  }

  function grow(): void {
    const before = count
    ids = grown(ids)
    states = grown(states)
    places = new Int32Array(2 * places.length)
    for (let at = 0; at < before; at++) {
      words.set(ids.subarray(at * idWords, (at + 1) * idWords))
      places[seek()] = at + 1
    }
  }

  return {
    find(clientId) {
      readId(clientId, words)
      return places[seek()]! - 1
    },
    add(clientId, secret) {
      if (count === states.length) grow()
      readId(clientId, words)
      ids.set(words, count * idWords)
      places[seek()] = count + 1
      const inChunk = count % firstRoom
      if (inChunk === 0) secrets.push(Buffer.alloc(firstRoom * secretBytes))
      if (secret !== undefined) {
        secrets.at(-1)!.set(secret, inChunk * secretBytes)
        states[count] = has
      }
      return count++
    },
    opens: (at) => states[at] !== known,
    secret(at) {
      const begin = (at % firstRoom) * secretBytes
      return secrets[(at - (at % firstRoom)) / firstRoom]!.subarray(begin, begin + secretBytes)
    },
    mark: (at) => void (states[at] = marked),
    marked() {
      let wanted = 0
      for (let at = 0; at < count; at++) if (states[at] === marked) wanted++
      const bytes = Buffer.allocUnsafe(wanted * idWords * 4)
      let end = 0
      for (let at = 0; at < count; at++) {
        if (states[at] !== marked) continue
        for (let word = 0; word < idWords; word++) end = bytes.writeUInt32BE(ids[at * idWords + word]!, end)
      }
      return bytes
    },
  }
}

function grown<List extends Uint8Array | Uint32Array>(list: List): List {
  const twice = new (list.constructor as new (length: number) => List)(2 * list.length)
  twice.set(list)
  return twice
}

/** A UUID as PostgreSQL writes it: 32 hex digits in small letters with hyphens between them. */
function readId(clientId: string, words: Uint32Array): void {
  let digits = 0
  let word = 0
  for (let at = 0; at < clientId.length; at++) {
    const sign = clientId.charCodeAt(at)
    if (sign === 45) continue
    word = (word << 4) | (sign < 58 ? sign - 48 : sign - 87)
    if (++digits % 8 === 0) words[digits / 8 - 1] = word
  }
  if (digits !== 32) throw new Error('A client’s id is not a UUID.')
}
