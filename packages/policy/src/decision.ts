/** The answer to "may this happen?": yes, or no with a code that never changes its meaning and a sentence that a screen can show. */
export type Decision = { readonly allowed: true } | Refusal

export type Refusal = { readonly allowed: false; readonly because: string; readonly sentence: string }

export const allowed: Decision = { allowed: true }

export function refused(because: string, sentence: string): Refusal {
  return { allowed: false, because, sentence }
}
