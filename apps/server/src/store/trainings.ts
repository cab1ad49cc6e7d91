import type { AttuneTables } from './attune-tables.ts'
import type { Transaction } from './with-actor.ts'

/** Notes a passed training. Passing the same version again changes nothing. */
export async function addTraining(
  trx: Transaction<AttuneTables>,
  {
    serviceId,
    practitionerId,
    course,
    version,
    score,
    outOf,
    at,
  }: { serviceId: string; practitionerId: string; course: string; version: string; score: number; outOf: number; at: Date },
): Promise<void> {
  await trx
    .insertInto('identity.training_records')
    .values({ service_id: serviceId, practitioner_id: practitionerId, course, course_version: version, score, out_of: outOf, passed_at: at })
    .onConflict((conflict) => conflict.columns(['service_id', 'practitioner_id', 'course', 'course_version']).doNothing())
    .execute()
}
