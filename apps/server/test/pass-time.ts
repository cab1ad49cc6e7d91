import { askDatabase } from './ask-database.ts'
import type { TestAttune } from './attune.ts'

/** Moves the clock and lets everybody who is signed in stay so: for tests of months, where signing in again is beside the point. */
export async function passTimeTo(test: TestAttune, at: string): Promise<void> {
  test.clock.set(at)
  await askDatabase(test, `update accounts.sessions set seen_at = $1, ends_at = $1::timestamptz + interval '12 hours'`, [at], 'accounts')
}
