// Sealed packages: kept as bytes that nobody here can open, fetched by whoever passes them on.
import type { AttuneTables } from '../attune-tables.ts'
import type { Transaction } from '../with-actor.ts'
import type { RightsTables } from './rights-tables.ts'

type Trx = Transaction<AttuneTables>
type Package = RightsTables['rights.packages']

export async function addPackage(trx: Trx, made: Omit<Package, 'taken_at'>): Promise<void> {
  await trx
    .insertInto('rights.packages')
    .values({ ...made, taken_at: null })
    .execute()
}

export async function findPackages(trx: Pick<Trx, 'selectFrom'>, serviceId: string, requestId: string): Promise<Omit<Package, 'sealed'>[]> {
  return trx
    .selectFrom('rights.packages')
    .select(['service_id', 'package_id', 'request_id', 'subject', 'sha256', 'records', 'withheld', 'made_at', 'made_by', 'taken_at'])
    .where('service_id', '=', serviceId)
    .where('request_id', '=', requestId)
    .orderBy('made_at')
    .execute()
}

export async function findPackageBytes(
  trx: Pick<Trx, 'selectFrom'>,
  serviceId: string,
  requestId: string,
): Promise<{ packageId: string; sealed: Buffer } | undefined> {
  const row = await trx
    .selectFrom('rights.packages')
    .select(['package_id', 'sealed'])
    .where('service_id', '=', serviceId)
    .where('request_id', '=', requestId)
    .orderBy('made_at', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row && { packageId: row.package_id, sealed: row.sealed }
}

export async function noteTaken(trx: Trx, serviceId: string, packageId: string, at: Date): Promise<void> {
  await trx
    .updateTable('rights.packages')
    .set({ taken_at: at })
    .where('service_id', '=', serviceId)
    .where('package_id', '=', packageId)
    .where('taken_at', 'is', null)
    .execute()
}
