/** One line of the doctor: what was looked at, how it is and, when something is wrong, what to do. */
export type Finding = { readonly ok: boolean; readonly about: string; readonly says: string; readonly remedy?: string }

export const well = (about: string, says: string): Finding => ({ ok: true, about, says })
export const wrong = (about: string, says: string, remedy?: string): Finding => ({ ok: false, about, says, ...(remedy !== undefined && { remedy }) })

/** Turns a check that throws a sentence into a finding. */
export function attempt(about: string, check: () => string): Finding {
  try {
    return well(about, check())
  } catch (error) {
    return wrong(about, (error as Error).message)
  }
}
