// Fills an empty demo through the same actions that people use: real sealing, real scores, real events. What is there already is left alone,
// so a start that was interrupted is taken up again by the next one.
import { randomUUID } from 'node:crypto'
import { addDays, addMonths } from '@attune/policy'
import { getFormOfKind } from '@attune/programme'
import type { Attune } from '../attune.ts'
import { addDemoPerson } from '../actions/demo/demo-people.ts'
import { toLondonDay } from '../actions/london-day.ts'
import { acceptProcessorTerms } from '../actions/service/services.ts'
import { getStanding } from '../actions/standing/get-standing.ts'
import { takeTraining } from '../actions/standing/take-training.ts'
import { getPolicyInPrint } from '../actions/policy-in-print.ts'
import { receiveParcel } from '../actions/submission/receive-parcel.ts'
import { hashShown } from '../actions/submission/shown-documents.ts'
import { findDemoPeople } from '../store/accounts/accounts.ts'
import { hasRecord } from '../store/records/has-record.ts'
import { addService, findServices } from '../store/services.ts'
import { foldSums } from '../store/sums/fold-sums.ts'
import { withActor, withReader } from '../store/with-actor.ts'
import { demoCast, demoServices, type DemoCharacter } from './cast.ts'
import { loadAudits } from './load-audits.ts'
import { loadIncidents } from './load-incidents.ts'
import { loadRights } from './load-rights.ts'
import { makeFamilies } from './families.ts'
import { drawSignature } from './signature.ts'
import { toSubmissionXml } from '../actions/submission/to-submission-xml.ts'

const atOnce = 16

/** Loads whatever is missing of the demo. Returns the number of sessions that were sent. */
export async function loadDemo(real: Attune): Promise<number> {
  if (real.mode !== 'demo') throw new Error('Synthetic families belong in a demo only.')
  const today = toLondonDay(real.clock.now())
  const sessions = makeFamilies(today)
  const accounts = await getAccounts(real)
  if (await hasRecord(real.databases.attune, sessions.at(-1)!.instanceId)) return 0

  // Sessions arrive in the evening of their day, so the server's clock is set back for them.
  let now = real.clock.now()
  const attune: Attune = { ...real, clock: { now: () => now } }
  const actingOf = ({ personId, role, serviceId }: Pick<DemoCharacter, 'personId' | 'role' | 'serviceId'>) => ({
    role,
    serviceId,
    accountId: accounts.get(personId)!,
  })
  const characters = new Map(demoCast.map((character) => [character.personId, character]))

  now = new Date(`${sessions[0]!.on}T08:00:00Z`)
  await prepareServices(attune, actingOf)
  for (const [at, character] of demoCast.entries()) if (character.signed) await enrol(attune, actingOf(character), character, at)

  // The word on one's device is given with the signature and runs out, so each practitioner signs again once a year.
  let signedOn = sessions[0]!.on
  const signAgain = async (on: string): Promise<void> => {
    if (on < addMonths(signedOn, attune.programme.policy.values.deviceAttestationMonths - 1)) return
    signedOn = on
    for (const [at, character] of demoCast.entries()) if (character.signed) await sign(attune, actingOf(character), character, at)
  }

  const { outline } = getFormOfKind(attune.programme, 'client-record')
  for (let from = 0; from < sessions.length;) {
    // All of one day together: the clock stands still while they are sent.
    const { on } = sessions[from]!
    const evening = new Date(`${on}T18:${String(from % 60).padStart(2, '0')}:00Z`)
    now = evening < real.clock.now() ? evening : real.clock.now()
    await signAgain(on)
    const together = sessions.slice(from, from + atOnce).filter((session) => session.on === on)
    await Promise.all(
      together.map(({ personId, instanceId, given }) =>
        receiveParcel(attune, actingOf(characters.get(personId)!), {
          xml: Buffer.from(toSubmissionXml(outline, given, { instanceId })),
          files: [],
          incomplete: false,
        }),
      ),
    )
    from += together.length
  }
  now = real.clock.now()
  await signAgain(today)
  await foldSums(attune.databases.attune)
  const auditor = actingOf({ personId: 'operator-auditor-1', role: 'auditor', serviceId: 'operator' })
  const signed = demoCast.filter((character) => character.signed).map(actingOf)
  await loadAudits(real, auditor, signed, sessions[0]!.on)
  const administrator = actingOf({ personId: 'operator-administrator-1', role: 'administrator', serviceId: 'operator' })
  await loadIncidents(real, administrator)
  const atHarbour = sessions.filter(({ personId }) => personId.startsWith('harbour')).map(({ given }) => String(given['client_code']))
  const lead = actingOf({ personId: 'harbour-service-lead-1', role: 'service-lead', serviceId: 'harbour' })
  const practitioner = actingOf({ personId: 'harbour-practitioner-1', role: 'practitioner', serviceId: 'harbour' })
  await loadRights(real, { lead, administrator, practitioner }, [...new Set(atHarbour)].slice(0, 6))
  return sessions.length
}

async function getAccounts(attune: Attune): Promise<ReadonlyMap<string, string>> {
  const { databases, keyring } = attune
  await withActor(databases.attune, { role: 'system' }, 'demo', async (trx) => {
    const known = new Set((await findServices(trx)).map((service) => service.serviceId))
    for (const { serviceId, name, codePattern = null } of demoServices)
      if (!known.has(serviceId)) await addService(trx, { serviceId, name, codePattern })
  })
  const people = await withReader(databases.accounts, { role: 'door' }, 'demo', (trx) => findDemoPeople(trx as never, keyring))
  const accounts = new Map(people.map((person) => [person.personId, person.accountId]))
  for (const character of demoCast) {
    if (accounts.has(character.personId)) continue
    const { personId, role, serviceId, says } = character
    // One access was given almost a year ago, so that the demo has one to look at again.
    const given = personId === 'hillview-data-support-1' ? agoOf(attune, 12, 20) : attune
    accounts.set(
      personId,
      await addDemoPerson(given, {
        personId,
        role,
        serviceId,
        says,
        displayName: `${character.firstName} ${character.surname}`,
        email: toEmail(character),
      }),
    )
  }
  return accounts
}

const agoOf = (attune: Attune, months: number, lessDays: number): Attune => {
  const on = addDays(addMonths(toLondonDay(attune.clock.now()), -months), lessDays)
  return { ...attune, clock: { now: () => new Date(`${on}T09:00:00Z`) } }
}

const toEmail = ({ firstName, surname, serviceId }: DemoCharacter) => `${firstName}.${surname}@${serviceId}.example.org`.toLowerCase()

async function prepareServices(
  attune: Attune,
  actingOf: (character: DemoCharacter) => { role: DemoCharacter['role']; serviceId: string; accountId: string },
): Promise<void> {
  for (const lead of demoCast.filter((character) => character.role === 'service-lead')) {
    await acceptProcessorTerms(attune, actingOf(lead), lead.serviceId, {
      version: attune.programme.policyVersion.edition,
      accept: true,
      linkListPlace: 'The client system of the service',
      linkListKeeper: 'Team manager',
    })
  }
}

async function enrol(
  attune: Attune,
  acting: { role: DemoCharacter['role']; serviceId: string; accountId: string },
  character: DemoCharacter,
  seed: number,
): Promise<void> {
  const standing = await getStanding(attune, acting, true)
  if (standing.trainings.length > 0) return
  const { policy } = attune.programme
  await sign(attune, acting, character, seed)
  const answers = Object.fromEntries(policy.training.units.flatMap((unit) => unit.questions.map(({ id, right }) => [id, right])))
  await takeTraining(attune, acting, { course: policy.training.course, version: policy.training.version, answers })
}

async function sign(
  attune: Attune,
  acting: { role: DemoCharacter['role']; serviceId: string; accountId: string },
  character: DemoCharacter,
  seed: number,
): Promise<void> {
  const standing = await getStanding(attune, acting, true)
  const form = getFormOfKind(attune.programme, 'practitioner-consent')
  const { questions } = form
  const given = {
    ...Object.fromEntries(Object.values(questions.statements).map((question) => [question, 'OK'])),
    [questions.firstName]: character.firstName,
    [questions.surname]: character.surname,
    [questions.businessEmail]: toEmail(character),
    [questions.serviceName]: standing.service.name,
    [questions.signature]: 'signature.png',
  }
  const xml = Buffer.from(toSubmissionXml(form.outline, given, { instanceId: randomUUID() }))
  const files = [{ name: 'signature.png', type: 'image/png', bytes: drawSignature(seed) }]
  await receiveParcel(attune, acting, { xml, files, incomplete: false, shown: hashShown(await getPolicyInPrint(attune)) })
}
