// Reports are cut by calendar quarters, written like "2026-Q3", so that they sort as text.

export const isQuarter = (text: string): boolean => /^\d{4}-Q[1-4]$/.test(text)

/** The quarter that a day lies in. */
export function toQuarter(day: string): string {
  return `${day.slice(0, 4)}-Q${Math.ceil(Number(day.slice(5, 7)) / 3)}`
}

export function previousQuarter(quarter: string): string {
  const year = Number(quarter.slice(0, 4))
  const number = Number(quarter.slice(6))
  return number === 1 ? `${year - 1}-Q4` : `${year}-Q${number - 1}`
}
