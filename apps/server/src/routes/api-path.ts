/** Addresses that answer with data and never with the page. */
export const isApiPath = (path: string): boolean => /^\/(api|submission|formList|odata|analysis)(\/|$)/i.test(decodeLoosely(path))

function decodeLoosely(path: string): string {
  try {
    return decodeURIComponent(path).replaceAll(/\/+/g, '/')
  } catch {
    return path
  }
}
