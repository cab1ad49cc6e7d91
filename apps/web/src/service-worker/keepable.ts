// Which replies of the server may lie on the device in the clear: words that are the same for everybody.
const keepable = [/^\/api\/programme$/, /^\/api\/policy$/, /^\/api\/forms$/, /^\/api\/forms\/[^/]+\/[^/]+$/] as const

export function isKeepable(path: string): boolean {
  return keepable.some((pattern) => pattern.test(path))
}

const formFile = /^\/api\/forms\/[^/]+\/[^/]+\/files\/[^/]+$/

/** A file beside a form; kept apart from its words, because there may be much of it. */
export function isFormFile(path: string): boolean {
  return formFile.test(path)
}

/** True for an address that names the version of what it answers. */
export function isVersioned(path: string): boolean {
  return /^\/api\/forms\/[^/]+\/[^/]+$/.test(path)
}
