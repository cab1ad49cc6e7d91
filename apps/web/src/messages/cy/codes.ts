export const codes = {
  'lostCode.title': 'Rwyf wedi colli cod cleient',
  'lostCode.says':
    'Dywedwch ar ba ddiwrnod y cawsoch sesiwn gyda’r cleient hwn. Bydd cymorth data eich gwasanaeth yn chwilio am y cod ac yn ateb yma. Peidiwch ag ysgrifennu yn unman pwy yw’r cleient.',
  'lostCode.day': 'Diwrnod sesiwn yr ydych wedi’i hanfon',
  'lostCode.go': 'Gofyn am y cod',
  'lostCode.asked': ({ day }: { day: string }) => `Rydych wedi gofyn am god y sesiwn ar ${day}.`,
  'lostCode.list': 'Yr hyn y gofynnoch amdano',
  'lostCode.sessionOn': ({ day }: { day: string }) => `Sesiwn ${day}`,
  'lostCode.waiting': ({ day }: { day: string }) => `Nid oes neb wedi ateb eto. O ${day} ymlaen bydd {operator} yn edrych hefyd.`,
  'lostCode.found': 'Ysgrifennwch ef yn system eich gwasanaeth eich hun, wrth ymyl y cleient.',
  'lostCode.none': 'Ni chafwyd cod ar gyfer y diwrnod hwnnw. Rhowch gynnig ar y diwrnod cynt neu wedyn.',
  'lostCode.reference': ({ reference }: { reference: string }) => `Cyfeirnod ${reference}`,
  'lostCode.nothing': 'Nid ydych wedi gofyn am god',
  'lostCode.link': 'Rwyf wedi colli cod y cleient',

  'findCode.queue': 'Ymarferwyr sy’n aros am god',
  'findCode.queueNone': 'Nid oes neb yn aros am god.',
  'findCode.queueRow': ({ name, day }: { name: string; day: string }) => `${name}, sesiwn ${day}`,
  'findCode.queueNobody': 'Ymarferydd nad yw’r enw’n cael ei gadw',
  'findCode.queueAsked': ({ when, reference }: { when: string; reference: string }) => `Gofynnwyd ${when}. Cyfeirnod ${reference}`,
  'findCode.queueFind': 'Dod o hyd iddo',
  'findCode.queueFindFor': ({ name, day }: { name: string; day: string }) => `Dod o hyd iddo: y cod i ${name}, sesiwn ${day}`,
  'findCode.answering': ({ reference }: { reference: string }) => `Ar gyfer cais ${reference}`,
  'findCode.give': 'Rhoi’r cod hwn',
  'findCode.giveCode': ({ code }: { code: string }) => `Rhoi’r cod hwn: ${code}`,
  'findCode.giveNone': 'Ateb nad oes un',
  'findCode.which': 'Os oes sawl un, gofynnwch i’r ymarferydd pryd yr anfonwyd y cofnod cyn rhoi un.',
  'findCode.answered': ({ reference }: { reference: string }) =>
    `Mae cais ${reference} wedi’i ateb. Mae’r ymarferydd yn gweld y cod a dim byd arall.`,
  'findCode.without': 'Dod o hyd i god heb gais',
  'findCode.operatorSays': 'Dyma geisiadau nad yw gwasanaeth wedi’u hateb mewn pryd. Mae angen cais o’r fath i chwilio.',

  'complete.nav': 'Beth sydd ar goll',
  'complete.navSays': 'Cleientiaid sydd â rhy ychydig o sesiynau, neu heb gofnod ar ôl y gwaith.',
  'complete.title': 'Beth sydd ar goll o hyd',
  'complete.back': 'Cofnodion',
  'complete.says':
    'Dim ond lle mae cofnod cyn ac un ar ôl y gwaith y gellir gweld newid. Mae gan waith gyda chleient o leiaf ddwy sesiwn wyneb yn wyneb; caiff sesiynau ar-lein eu cyfrif ar wahân.',
  'complete.counts': ({ complete, missing }: { complete: string; missing: string }) =>
    `Nid oes dim ar goll i ${complete} o gleientiaid. Mae rhywbeth ar goll i ${missing}.`,
  'complete.none': 'Nid oes dim ar goll',
  'complete.noneSays': 'Mae gan bob cleient o’ch gwasanaeth ddigon o sesiynau, gyda chofnod cyn ac un ar ôl.',
  'complete.sessions': ({ sessions, faceToFace, online, day }: { sessions: number; faceToFace: number; online: number; day: string }) =>
    `${sessions} sesiwn: ${faceToFace} wyneb yn wyneb, ${online} ar-lein. Yr olaf ar ${day}.`,
  'complete.tooFew': ({ sessions, least }: { sessions: number; least: number }) => `Llai na ${least} sesiwn: mae ${sessions}.`,
  'complete.tooFewFace': ({ faceToFace, least }: { faceToFace: number; least: number }) =>
    `Llai na ${least} sesiwn wyneb yn wyneb: mae ${faceToFace}. Roedd y lleill ar-lein.`,
  'complete.noBefore': 'Dim cofnod cyn y gwaith.',
  'complete.noAfter': 'Dim cofnod ar ôl y gwaith. Nid yw’n rhan o’r ffigurau newid.',
}
