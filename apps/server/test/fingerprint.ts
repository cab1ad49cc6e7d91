// What the three databases hold, as one text: to see that something changed nothing.
import { askDatabase } from './ask-database.ts'
import type { TestAttune } from './attune.ts'

// The log takes refusals down, sessions note when they were seen, tries are counted: none of it is half of a decision.
const apart = ['log.%', 'jobs.%', 'migrations.%', 'accounts.sessions', 'accounts.tries']
const questions = new WeakMap<TestAttune, { database: 'attune' | 'accounts' | 'keyring'; question: string }[]>()

/** Every row of every table but those that note that somebody asked. */
export async function fingerprint(test: TestAttune): Promise<string> {
  let asked = questions.get(test)
  if (asked === undefined) {
    asked = []
    for (const database of ['attune', 'accounts', 'keyring'] as const) {
      const tables = await askDatabase<{ name: string }>(
        test,
        `select format('%I.%I', schemaname, tablename) as name from pg_tables
          where schemaname not in ('pg_catalog', 'information_schema') and not (schemaname || '.' || tablename like any ($1)) order by 1`,
        [apart],
        database,
      )
      const prints = tables.map(
        ({ name }) => `select '${name} ' || coalesce(md5(string_agg(t::text, '' order by t::text)), '') as print from ${name} t`,
      )
      asked.push({ database, question: prints.join(' union all ') })
    }
    questions.set(test, asked)
  }
  const rows = await Promise.all(asked.map(({ database, question }) => askDatabase<{ print: string }>(test, question, [], database)))
  return rows
    .flat()
    .map((row) => row.print)
    .sort()
    .join('\n')
}
