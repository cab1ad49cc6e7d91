// Looks at the database from outside, as its superuser: what a test may see and the application may not.
import { withClient } from '../src/store/postgres-databases.ts'
import type { TestAttune } from './attune.ts'

export async function askDatabase<Row>(
  test: TestAttune,
  question: string,
  values: readonly unknown[] = [],
  database: 'attune' | 'accounts' | 'keyring' = 'attune',
): Promise<Row[]> {
  return withClient(test.databases.admin[database], async (admin) => (await admin.query(question, [...values])).rows as Row[])
}
