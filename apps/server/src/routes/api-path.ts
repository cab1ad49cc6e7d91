/** Addresses that answer with data and never with the page. */
export const isApiPath = (path: string): boolean => /^\/(api|submission|formList|odata|analysis)(\/|$)/i.test(decodeLoosely(path))

function decodeLoosely(path: string): string {
  if (!path.includes('%') && !path.includes('//')) return path
  try {
    return decodeURIComponent(path).replaceAll(/\/+/g, '/')
  } catch {
    return path
  }
}
