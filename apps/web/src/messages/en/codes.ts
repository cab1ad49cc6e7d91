// Words around client codes: asking for a lost one, finding it, and what an episode still lacks.
export const codes = {
  'lostCode.title': 'I have lost a client’s code',
  'lostCode.says':
    'Say on which day you had a session with this client. Your service’s data support looks for the code and answers here. Do not write anywhere who the client is.',
  'lostCode.day': 'Day of a session that you have sent',
  'lostCode.go': 'Ask for the code',
  'lostCode.asked': ({ day }: { day: string }) => `You have asked for the code of the session of ${day}.`,
  'lostCode.list': 'What you asked for',
  'lostCode.sessionOn': ({ day }: { day: string }) => `Session of ${day}`,
  'lostCode.waiting': ({ day }: { day: string }) => `Nobody has answered yet. From ${day} on {operator} looks too.`,
  'lostCode.found': 'Write it into your service’s own system, next to the client.',
  'lostCode.none': 'No code was found for that day. Try the day before or after.',
  'lostCode.reference': ({ reference }: { reference: string }) => `Reference ${reference}`,
  'lostCode.nothing': 'You have not asked for a code',
  'lostCode.link': 'I have lost the client’s code',

  'findCode.queue': 'Practitioners who wait for a code',
  'findCode.queueNone': 'Nobody waits for a code.',
  'findCode.queueRow': ({ name, day }: { name: string; day: string }) => `${name}, session of ${day}`,
  'findCode.queueNobody': 'A practitioner whose name is not kept',
  'findCode.queueAsked': ({ when, reference }: { when: string; reference: string }) => `Asked ${when}. Reference ${reference}`,
  'findCode.queueFind': 'Find it',
  'findCode.queueFindFor': ({ name, day }: { name: string; day: string }) => `Find it: the code for ${name}, session of ${day}`,
  'findCode.answering': ({ reference }: { reference: string }) => `For request ${reference}`,
  'findCode.give': 'Give this code',
  'findCode.giveCode': ({ code }: { code: string }) => `Give this code: ${code}`,
  'findCode.giveNone': 'Answer that there is none',
  'findCode.which': 'If there are several, ask the practitioner at what time the record was sent before you give one.',
  'findCode.answered': ({ reference }: { reference: string }) => `Request ${reference} is answered. The practitioner sees the code and nothing else.`,
  'findCode.without': 'Find a code without a request',
  'findCode.operatorSays': 'Here are requests that a service has not answered in time. A search needs such a request.',

  'complete.nav': 'What is missing',
  'complete.navSays': 'Clients who have too few sessions, or no record after the work.',
  'complete.title': 'What is still missing',
  'complete.back': 'Records',
  'complete.says':
    'Change can be seen only where there is a record before and one after the work. Work with a client has at least two sessions face to face; sessions held online are counted apart.',
  'complete.counts': ({ complete, missing }: { complete: string; missing: string }) =>
    `Nothing is missing for ${complete} ${complete === '1' ? 'client' : 'clients'}. Something is missing for ${missing}.`,
  'complete.none': 'Nothing is missing',
  'complete.noneSays': 'Every client of your service has enough sessions, with a record before and one after.',
  'complete.sessions': ({ sessions, faceToFace, online, day }: { sessions: number; faceToFace: number; online: number; day: string }) =>
    `${sessions} ${sessions === 1 ? 'session' : 'sessions'}: ${faceToFace} face to face, ${online} online. The last one on ${day}.`,
  'complete.tooFew': ({ sessions, least }: { sessions: number; least: number }) =>
    `Fewer than ${least} sessions: there ${sessions === 1 ? 'is one' : `are ${sessions}`}.`,
  'complete.tooFewFace': ({ faceToFace, least }: { faceToFace: number; least: number }) =>
    `Fewer than ${least} sessions face to face: there ${faceToFace === 1 ? 'is one' : `are ${faceToFace}`}. The others were online.`,
  'complete.noBefore': 'No record before the work.',
  'complete.noAfter': 'No record after the work. It takes no part in the figures of change.',
}
