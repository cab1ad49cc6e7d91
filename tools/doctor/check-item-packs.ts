// The wording of licensed measures: each pack of the folder with its licence key, and whether the services that the key names are here.
import type pg from 'pg'
import { toLondonDay } from '../../apps/server/src/actions/london-day.ts'
import type { Environment } from '../../apps/server/src/env.ts'
import { readItemPacks, sayItemPacks } from '../../apps/server/src/outside/item-packs.ts'
import type { Finding } from './finding.ts'

/** One finding per pack; none without a folder of packs. Before the first start, without a client, the services are not looked up. */
export async function checkItemPacks({ itemPacks }: Environment, client?: pg.Client): Promise<Finding[]> {
  const packs = readItemPacks(itemPacks)
  if (packs.length === 0) return []
  const services = client === undefined ? undefined : await findServiceIds(client)
  return sayItemPacks(packs, { day: toLondonDay(new Date()), ...(services === undefined ? {} : { services }) }).map((said) =>
    said.ok ? said : { ...said, remedy: `Packs and keys are in ${itemPacks}; docs/guides/running.md says what belongs into them.` },
  )
}

async function findServiceIds(client: pg.Client): Promise<string[] | undefined> {
  const made = await client.query<{ made: boolean }>(`select to_regclass('policy.services') is not null as made`)
  if (made.rows[0]?.made !== true) return undefined
  return (await client.query<{ id: string }>(`select service_id as id from policy.services`)).rows.map(({ id }) => id)
}
