// The demo's synthetic services and people. All of them are invented; the addresses belong to example.org, which nobody can own.
import type { Role } from '@attune/policy'

export type DemoService = { readonly serviceId: string; readonly name: string; readonly codePattern?: string }
export type DemoCharacter = {
  readonly personId: string
  readonly firstName: string
  readonly surname: string
  readonly role: Role
  readonly serviceId: string
  readonly says: string
  readonly signed: boolean
}

export const demoServices: readonly DemoService[] = [
  { serviceId: 'harbour', name: 'Harbour Early Years' },
  { serviceId: 'hillview', name: 'Hillview Family Support', codePattern: '"HV"-9999' },
  { serviceId: 'riverside', name: 'Riverside Parenting Team' },
]

const practitioners: readonly (readonly [serviceId: string, firstName: string, surname: string])[] = [
  ['harbour', 'Alex', 'Marlow'],
  ['harbour', 'Bryn', 'Tennant'],
  ['harbour', 'Carys', 'Holloway'],
  ['harbour', 'Devon', 'Ashby'],
  ['hillview', 'Eira', 'Lockwood'],
  ['hillview', 'Femi', 'Oakes'],
  ['hillview', 'Gwen', 'Sutcliffe'],
  ['hillview', 'Haris', 'Penrose'],
  ['riverside', 'Imogen', 'Farrow'],
  ['riverside', 'Jamie', 'Winslow'],
  ['riverside', 'Kirsty', 'Bellamy'],
  ['riverside', 'Lewis', 'Thackray'],
]
const leads = [
  ['harbour', 'Morgan', 'Ellery'],
  ['hillview', 'Nadia', 'Croft'],
  ['riverside', 'Owen', 'Rushton'],
] as const
const supports = [
  ['harbour', 'Priya', 'Langley'],
  ['hillview', 'Quinn', 'Hartwell'],
  ['riverside', 'Rosa', 'Denham'],
] as const

const person = (
  role: Role,
  [serviceId, firstName, surname]: readonly [string, string, string],
  number: number,
  says: string,
  signed = false,
): DemoCharacter => ({
  personId: `${serviceId}-${role}-${number}`,
  firstName,
  surname,
  role,
  serviceId,
  says,
  signed,
})

export const demoCast: readonly DemoCharacter[] = [
  ...practitioners.map((who, at) => person('practitioner', who, (at % 4) + 1, 'I meet families and record each session.', true)),
  ...leads.map((who) => person('service-lead', who, 1, 'I look after who takes part in our service and how it is going.')),
  ...supports.map((who) => person('data-support', who, 1, 'I read and download the records of our service.')),
  person('administrator', ['operator', 'Sam', 'Whitcombe'], 1, 'I look after services, people and the log.'),
  person('administrator', ['operator', 'Wyn', 'Ashcombe'], 2, 'I look over what another administrator hands in, and publish it.'),
  person('auditor', ['operator', 'Tess', 'Garland'], 1, 'I check free text and training each quarter.'),
  person('analyst', ['operator', 'Uri', 'Maddox'], 1, 'I look at change over all services, in aggregates only.'),
  // Somebody who has everything still before them: consent, terms and training.
  person('practitioner', ['riverside', 'Vera', 'Prosser'], 5, 'I am new: I still have to sign and take the training.'),
]
