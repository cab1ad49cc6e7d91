// Pure packages have no `atob`; lists are decoded once, in about two milliseconds.
const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'

/** The bytes of a base64 text without line breaks. */
export function toBytes(text: string): Uint8Array {
  const values = new Uint8Array(128)
  for (let index = 0; index < letters.length; index += 1) values[letters.charCodeAt(index)] = index
  const length = Math.floor((text.replace(/=+$/, '').length * 3) / 4)
  const bytes = new Uint8Array(length + 2)
  for (let from = 0, to = 0; from < text.length; from += 4, to += 3) {
    const four =
      ((values[text.charCodeAt(from)] ?? 0) << 18) |
      ((values[text.charCodeAt(from + 1)] ?? 0) << 12) |
      ((values[text.charCodeAt(from + 2)] ?? 0) << 6) |
      (values[text.charCodeAt(from + 3)] ?? 0)
    bytes[to] = four >>> 16
    bytes[to + 1] = (four >>> 8) & 255
    bytes[to + 2] = four & 255
  }
  return bytes.subarray(0, length)
}
