// One verdict per person over several measures, as NHS England counts it (github nhsengland/MHSDS @dc7bf10d): worse on any measure
// is worse; otherwise better on any is better. Measures without a threshold say nothing and are left out by the caller.

/** The verdict over one person's measures; undefined when none could be judged. */
export function personChange<T extends 'improved' | 'unchanged' | 'worse'>(changes: readonly T[]): T | undefined {
  return changes.find((change) => change === 'worse') ?? changes.find((change) => change === 'improved') ?? changes[0]
}
