// Words about whom a service puts forward as data support. Keys begin with "nominations.".
export const nominations = {
  'nominations.nominate': 'Nominate data support',
  'nominations.title': 'Nominate data support',
  'nominations.says':
    'Data support reads and downloads the records of your service, finds lost codes and answers requests. Often it is the lead or somebody who analyses data; they need not be a practitioner. You nominate, {operator} gives the access.',
  'nominations.name': 'Their name',
  'nominations.nameMissing': 'Enter their name',
  'nominations.job': 'Their job in your service',
  'nominations.jobHint': 'For example: service lead, data analyst.',
  'nominations.jobMissing': 'Enter their job, with at least two letters',
  'nominations.list': 'Nominated as data support',
  'nominations.none': 'Nobody is waiting for access.',
  'nominations.by': ({ name, when, until }: { name: string; when: string; until: string }) =>
    `Nominated by ${name}, ${when}. Lapses on ${until} if nobody acts on it.`,
  'nominations.invite': 'Invite',
  'nominations.inviteOf': ({ name }: { name: string }) => `Invite ${name}`,
  'nominations.takeBack': 'Take back',
  'nominations.takeBackOf': ({ name }: { name: string }) => `Take back the nomination of ${name}`,
  'nominations.done': ({ name }: { name: string }) => `${name} is nominated. {operator} will send the invitation.`,
  'nominations.takenBack': ({ name }: { name: string }) => `The nomination of ${name} was taken back.`,
  'nominations.needed': 'Only somebody whom the service has nominated can become its data support.',
}
