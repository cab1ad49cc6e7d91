// What anybody may know of how the controls stand now: for each measure of the security page that a live check looks at, whether it is in order.
import type { MeasureCheck } from '@attune/policy'
import type { Attune } from '../../attune.ts'
import { toLondonDay } from '../london-day.ts'
import { readLiveFacts } from '../../store/live-facts.ts'
import { withReader } from '../../store/with-actor.ts'
import { checkBackups, checkTables, checkTraffic, type Live } from './live-checks.ts'

/** The page is open to everybody, so it is not looked at more often than this. */
const keepMs = 30_000
type Controls = { readonly at: number; readonly states: ReadonlyMap<MeasureCheck, Live['state']> }
const kept = new WeakMap<Attune, Promise<Controls>>()

export async function readControls(attune: Attune): Promise<{ measure: string; state: Live['state'] }[]> {
  const now = attune.clock.now().getTime()
  let controls = kept.get(attune)
  if (controls === undefined || Math.abs(now - (await controls).at) > keepMs) {
    controls = look(attune, now)
    kept.set(attune, controls)
    controls.catch(() => kept.delete(attune))
  }
  const { states } = await controls
  return attune.programme.policy.security.flatMap(({ id, check }) =>
    check === undefined ? [] : [{ measure: id, state: states.get(check) ?? 'unknown' }],
  )
}

async function look(attune: Attune, now: number): Promise<Controls> {
  const { databases, programme, clock } = attune
  const facts = await withReader(databases.attune, { role: 'system' }, 'assurance', (trx) =>
    readLiveFacts(trx as never, { today: toLondonDay(clock.now()), edition: programme.policy.edition }),
  )
  const checks = [await checkTables(attune), checkTraffic(attune), ...checkBackups(attune, facts, clock.now())]
  return { at: now, states: new Map(checks.map(({ id, state }) => [id as MeasureCheck, state])) }
}
