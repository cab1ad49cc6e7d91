import type { FindingType } from '@attune/detector'

const kinds: Readonly<Record<`guard.kind.${FindingType}`, string>> = {
  'guard.kind.PERSON': 'a name',
  'guard.kind.CONTACT': 'a way to reach somebody',
  'guard.kind.ADDRESS': 'a place',
  'guard.kind.POSTCODE': 'a postcode',
  'guard.kind.DATE': 'an exact day',
  'guard.kind.ORG': 'a school or other organisation',
  'guard.kind.ID': 'a personal number',
  'guard.kind.SPECIAL': 'a very private fact',
}

export const guard = {
  ...kinds,
  'guard.found': ({ count }: { count: number }) =>
    count === 1 ? 'This may say too much about somebody:' : `${count} places may say too much about somebody:`,
  'guard.looksLike': ({ words, what }: { words: string; what: string }) => `“${words}” looks like ${what}.`,
  'guard.private': ({ words }: { words: string }) => `“${words}” is very private. Keep it only if the work needs it.`,
  'guard.write': ({ words }: { words: string }) => `Write “${words}”`,
  'guard.insteadOf': 'Write instead:',
  'guard.keep': 'Keep it',
  'guard.instead': ({ words }: { words: string }) => `What to do with “${words}”`,

  'guard.client': 'the client',
  'guard.child': 'the child',
  'guard.relative': 'a relative',
  'guard.worker': 'a worker',
  'guard.contact': '(contact details)',
  'guard.home': 'where they live',
  'guard.day': 'that day',
  'guard.school': 'the school',
  'guard.organisation': 'a local service',
  'guard.number': '(number)',

  'guard.stillTitle': 'Does this say who somebody is?',
  'guard.stillSays': 'These words are still in your answers. Once the form is sent you cannot change them.',
  'guard.stillSend': 'Leave them and send',
  'guard.stillChange': ({ question }: { question: string }) => `Change: ${question}`,
  'guard.stillBack': 'Back to the answers',
  'guard.stillCount': 'Only how many were left is noted, never the words.',
}
