// Parties, subjects, contacts, regulator, recipients, regions: who is who in a policy and where data goes.
import {
  connectors,
  partyRoles,
  type Contact,
  type Party,
  type Policy,
  type Recipient,
  type Region,
  type Regulator,
  type Subject,
} from '@attune/policy'
import type { Cursor } from './cursor.ts'
import { checkReference, readUnique } from './read-list.ts'

export function readParties(root: Cursor): readonly Party[] {
  const list = root.need('parties', 'a list of who is controller and who is processor')
  const parties = readUnique(
    list,
    (party: Party) => party.id,
    (item) => {
      item.onlyKeys(['id', 'name', 'role', 'answersFor'])
      return {
        id: item.need('id', 'a short word').id(),
        name: item.need('name', 'the name of the organisation').text(),
        role: item.need('role', partyRoles.join(' or ')).word(partyRoles),
        answersFor: item.need('answersFor', 'what this party answers for').text(),
      }
    },
  )
  if (!list.isMissing && !parties.some((party) => party.name !== '' && (party.role === 'controller' || party.role === 'joint-controller'))) {
    list.report(
      'controller-missing',
      'No party is the controller. Somebody must answer for the data: give one party the role controller and its name.',
    )
  }
  return parties
}

export function readOperator(root: Cursor, parties: readonly Party[]): Policy['operator'] {
  const operator = root.need('operator', '{ name: …, party: … }')
  operator.onlyKeys(['name', 'party'])
  const party = operator.need('party', 'the id of the party that runs the programme')
  const id = party.text()
  if (id !== '' && !parties.some((candidate) => candidate.id === id))
    party.report('operator-unknown', `There is no party "${id}". Name one of: ${parties.map((candidate) => candidate.id).join(', ')}.`)
  return { name: operator.need('name', 'the name of the organisation that runs the programme').text(), party: id }
}

export function readSubjects(root: Cursor): readonly Subject[] {
  return readUnique(
    root.need('subjects', 'a list of the kinds of people that the data is about'),
    (subject: Subject) => subject.id,
    (item) => {
      item.onlyKeys(['id', 'label', 'knownAs', 'vulnerable'])
      return {
        id: item.need('id', 'a short word').id(),
        label: item.need('label', 'what these people are called').text(),
        vulnerable: item.need('vulnerable', 'true or false').flag(),
        knownAs: item.need('knownAs', 'how a person is known here: by a code, by name').text(),
      }
    },
  )
}

export function readContacts(root: Cursor): { readonly contacts: readonly Contact[]; readonly contact: string } {
  const list = root.need('contacts', 'a list with at least one name and e-mail address')
  const contacts = readUnique(
    list,
    (contact: Contact) => contact.id,
    (item) => {
      item.onlyKeys(['id', 'name', 'email', 'address', 'phone', 'website'])
      const emailPlace = item.need('email', 'the address that questions and requests go to')
      const email = emailPlace.text()
      if (email !== '' && !/^[^@\s]+@[^@\s]+\.[^@\s]+$/.test(email)) emailPlace.report('value-kind', `"${email}" is not an e-mail address.`)
      const [address, phone, website] = [item.at('address')?.text(), item.at('phone')?.text(), item.at('website')?.text()]
      return {
        id: item.need('id', 'a short word').id(),
        name: item.need('name', 'whom people write to').text(),
        email,
        ...(address === undefined ? {} : { address }),
        ...(phone === undefined ? {} : { phone }),
        ...(website === undefined ? {} : { website }),
      }
    },
  )
  const chosen = root.need('contact', 'the id of the contact that is printed everywhere')
  const contact = chosen.text()
  if (contact !== '' && !contacts.some((candidate) => candidate.id === contact)) {
    chosen.report('contact-missing', `There is no contact "${contact}". Describe it under contacts with a name and an e-mail address.`)
  }
  return { contacts, contact }
}

export function readRegulator(root: Cursor): Regulator {
  const place = root.need('regulator', 'the name, address, phone and website of the regulator')
  place.onlyKeys(['name', 'address', 'phone', 'website'])
  return {
    name: place.need('name', 'the name of the regulator').text(),
    address: place.need('address', 'its postal address').text(),
    phone: place.need('phone', 'its phone number').text(),
    website: place.need('website', 'its website').text(),
  }
}

export function readRegions(root: Cursor): readonly Region[] {
  return readUnique(
    root.need('regions', 'a list of the places where data may be'),
    (region: Region) => region.code,
    (item) => {
      item.onlyKeys(['code', 'label'])
      return {
        code: item.need('code', 'what a server says of its place, such as eu-west-1').text(),
        label: item.need('label', 'the place in words').text(),
      }
    },
  )
}

export function readRecipients(root: Cursor, regions: readonly Region[]): readonly Recipient[] {
  return readUnique(
    root.need('recipients', 'a list of who outside holds or sees data; [] when nobody does'),
    (recipient: Recipient) => recipient.id,
    (item) => {
      item.onlyKeys(['id', 'name', 'category', 'region', 'what', 'safeguard', 'connects', 'agreement'])
      const region = item.need('region', 'the code of a region')
      const code = region.text()
      if (code !== '' && !regions.some((place) => place.code === code)) {
        region.report('region-not-allowed', `The regions of this policy do not include "${code}". Add it under regions, or choose another place.`)
      }
      const agreement = item.at('agreement')
      agreement?.onlyKeys(['reference', 'from', 'reviewOn'])
      return {
        id: item.need('id', 'a short word').id(),
        name: item.need('name', 'who it is').text(),
        category: item.need('category', 'such as processor').text(),
        region: code,
        what: item.need('what', 'what they hold or see').text(),
        safeguard: item.need('safeguard', 'what protects the data there').text(),
        connects:
          item
            .at('connects')
            ?.items()
            .map((one) => one.word(connectors)) ?? [],
        ...(agreement === undefined
          ? {}
          : {
              agreement: {
                reference: agreement.need('reference', 'how to find it').text(),
                from: agreement.need('from', 'a day').day(),
                reviewOn: agreement.need('reviewOn', 'a day').day(),
              },
            }),
      }
    },
  )
}

export function checkSubject(place: Cursor, subject: string, subjects: readonly Subject[]): void {
  checkReference(
    place,
    subject,
    subjects.map((known) => known.id),
    'subject',
  )
}
