const units = ['B', 'KB', 'MB', 'GB', 'TB'] as const

/** A number of bytes as people say it: 900 B, 12 KB, 3.4 GB. */
export function saySize(bytes: number): string {
  const step = Math.min(units.length - 1, Math.max(0, Math.floor(Math.log10(Math.max(bytes, 1)) / 3)))
  const value = bytes / 1000 ** step
  return `${value < 10 && step > 0 ? value.toFixed(1) : Math.round(value)} ${units[step]}`
}
