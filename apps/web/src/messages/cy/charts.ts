type Moved = { way: 'better' | 'worse' | 'up' | 'down'; points: string }
const ways = { better: 'Gwell', worse: 'Gwaeth', up: 'Uwch', down: 'Is' } as const
const small = { better: 'gwell', worse: 'gwaeth', up: 'uwch', down: 'is' } as const

export const charts = {
  'charts.nothing': 'Does dim i’w ddangos eto.',
  'charts.hidden': 'wedi’i guddio',
  'charts.unknown': 'anhysbys',
  'charts.inWords': 'Mewn geiriau',
  'charts.points': ({ text }: { text: string }) => `${text} pwynt`,
  'charts.range': ({ low, high }: { low: string; high: string }) => `${low} i ${high}`,
  'charts.before': 'cyn',
  'charts.after': 'ar ôl',
  'charts.changeLikely': 'ystod debygol y gwir newid (95 %)',
  'charts.people': ({ count }: { count: number }) => `tua ${count} o bobl`,
  'charts.fromTo': ({ before, after, min, max }: { before: string; after: string; min: number; max: number }) =>
    `o ${before} i ${after} ar raddfa o ${min} i ${max}.`,
  'charts.changeUnsure': ({ points }: { points: string }) => `Newid o ${points}; rhy ychydig o bobl i ddweud pa mor sicr yw hynny.`,
  'charts.changeUnclear': ({ low, high }: { low: string; high: string }) => `Dim newid clir (${low} i ${high} pwynt yn debygol).`,
  'charts.changeMoved': ({ way, points, near, far }: Moved & { near: string; far: string }) =>
    `${ways[way]} o ${points} (${near} i ${far} yn debygol).`,
  'charts.column.people': 'Pobl (tua)',
  'charts.column.before': 'Cymedr cyn',
  'charts.column.after': 'Cymedr ar ôl',
  'charts.column.change': 'Newid cymedrig',
  'charts.column.interval': 'Cyfwng 95 %',
  'charts.improved': 'gwell',
  'charts.unchanged': 'dim newid clir',
  'charts.worse': 'gwaeth',
  'charts.reliableLikely': 'ystod debygol “gwell” (95 %)',
  'charts.nobody': 'Nid oes gan neb ddau sgôr eto.',
  'charts.rest': 'mae’r gweddill wedi’i guddio',
  'charts.reliableTold': ({ count, parts }: { count: number; parts: string }) => `Tua ${count} o bobl: ${parts}.`,
  'charts.reliableShare': ({ low, high }: { low: number; high: number }) => `Gwell: rhwng ${low} % a ${high} % yn debygol.`,
  'charts.column.improved': 'Gwell',
  'charts.column.unchanged': 'Dim newid clir',
  'charts.column.worse': 'Gwaeth',
  'charts.column.everybody': 'Pawb',
  'charts.shareTold': ({ share, of, low, high }: { share: number; of: string; low: number; high: number }) =>
    `${share} % ${of}, rhwng ${low} % a ${high} % yn debygol.`,
  'charts.shareAtLeast': ({ share }: { share: number }) => `o leiaf ${share} %`,
  'charts.column.share': 'Cyfran',
  'charts.column.of': 'O blith',
  'charts.higher': '↑ Mae uwch yn well',
  'charts.lower': '↓ Mae is yn well',
  'charts.neither': 'Nid yw’r naill ben na’r llall yn well.',
  'charts.chance': 'gall fod yn siawns',
  'charts.noScore': 'dim sgôr',
  'charts.noScoreYet': 'Nid oes sgôr eto.',
  'charts.firstOnly': ({ first }: { first: string }) => `Y sgôr cyntaf yw ${first}. Gellir gweld newid ar ôl y sesiwn nesaf.`,
  'charts.same': ({ first, last }: { first: string; last: string }) => `O ${first} i ${last}: dim newid.`,
  'charts.scoreMoved': ({ way, first, last, points }: Moved & { first: string; last: string }) => `O ${first} i ${last}: ${small[way]} o ${points}.`,
  'charts.real': 'Mae hynny’n fwy nag y byddai siawns yn unig yn ei roi.',
  'charts.mayBeChance': 'Gall newid mor fach â hyn fod yn siawns.',
  'charts.notKnown': 'Nid yw’n hysbys faint o hynny all fod yn siawns ar gyfer y mesur hwn.',
  'charts.column.session': 'Sesiwn',
  'charts.column.score': 'Sgôr',

  'reasons.small': ({ count }: { count: string }) => `${count} o bobl neu lai, felly cuddir y rhif i’w diogelu.`,
  'reasons.beside': 'Cuddiwyd fel na ellir cyfrifo rhif cudd llai wrth ei ymyl.',
  'reasons.total': 'Cuddir y cyfanswm gan y gellid cyfrifo rhif cudd bach ohono.',
  'reasons.fewPairs': ({ count }: { count: string }) => `Mae gan lai na ${count} o bobl y ddau sgôr, felly cuddir cyfartaleddau i’w diogelu.`,
  'reasons.noAverage': 'Ni ellid cyfrifo’r cyfartaledd.',
  'reasons.allSame': 'Mae gan bawb yr un sgôr neu’r un newid, felly byddai’r cyfartaledd yn dweud sgôr pob person.',
  'reasons.oneService': 'Un gwasanaeth yn unig sydd â’r ffigurau hyn, felly ffigurau’r gwasanaeth hwnnw fydden nhw ac nid rhai pawb.',
  'reasons.largest': ({ count }: { count: string }) =>
    `Heb y gwasanaeth mwyaf mae llai na ${count} o bobl ar ôl, a gallai’r gwasanaeth hwnnw eu cyfrifo.`,
  'reasons.difference': ({ label, count }: { label: string; count: string }) =>
    `Ers rhyddhau “${label}” daeth neu aeth pobl, felly gallai’r gwahaniaeth fod am lai na ${count}.`,
  'reasons.slice': ({ count }: { count: string }) => `Mae llai na ${count} o bobl yn y toriad hwn, felly ni ellir ei ryddhau.`,
  'reasons.together': ({ count }: { count: string }) => `Ynghyd â thoriadau a ryddhawyd eisoes, byddai hwn yn amlygu llai na ${count} o bobl.`,
  'reasons.gap': ({ label, count }: { label: string; count: string }) =>
    `Mae’n wahanol o lai na ${count} o bobl i “${label}”, a ryddhawyd eisoes, felly byddai tynnu’r naill o’r llall yn pwyntio atynt.`,
  'reasons.nobodyBegan': 'Ni ddechreuodd neb yn y cyfnod hwn.',
  'reasons.notFromThese': 'Ni ellid cyfrifo hyn o’r rhifau hyn.',
  'reasons.noThreshold': 'Nid oes trothwy cyhoeddedig yn dweud sawl pwynt sy’n newid go iawn.',
  'reasons.notReportable': ({ count }: { count: string }) => `Ni ellir ei adrodd: mae gan lai na ${count} o bobl y ddau sgôr.`,
  'reasons.fewLater': ({ count }: { count: string }) => `Mae gan lai na ${count} o’r rhai a ddechreuodd sgôr diweddarach.`,
  'reasons.fewLost': ({ count }: { count: string }) =>
    `Mae llai na ${count} o’r rhai a ddechreuodd heb sgôr diweddarach, felly byddai hyn yn dweud am yr ychydig hynny.`,
  'reasons.atLeast': ({ count }: { count: string }) => `${count} o bobl neu lai yw’r lleill, felly dywedir y gyfran fel “o leiaf”.`,
  'reasons.noShare': 'Nid oes neb i gymryd cyfran ohonynt.',
  'reasons.totalOfThese': 'Mae cyfanswm y rhain wedi’i guddio.',

  'caveats.group':
    'Nid oes grŵp cymharu. Nid yw’n hysbys beth ddigwyddodd i deuluoedd na chafodd VIG, felly ni all y ffigurau hyn ddweud mai VIG a achosodd y newid.',
  'caveats.regression':
    'Mae pobl yn aml yn dechrau pan fo pethau ar eu gwaethaf, ac yna mae pethau’n gwella ohonynt eu hunain (atchweliad at y cymedr).',
  'caveats.drift':
    'Mae rhai sgoriau’n symud gydag amser: mae rhieni babanod yn magu hyder beth bynnag. Gall cymorth arall a gafodd teulu fod wedi gwneud y newid hefyd.',
  'caveats.after':
    'Dim ond teuluoedd â sgôr cyn ac un ar ôl sydd yn y ffigurau newid. Gall y rhai a roddodd y gorau iddi’n gynnar fod wedi gwneud yn wahanol; mae “os na newidiodd neb arall” yn dangos y pen gofalus.',
  'caveats.during':
    'Dim ond teuluoedd â sgôr cyn ac un yn ystod y gwaith sydd yn y ffigurau newid. Gall y rhai a roddodd y gorau iddi’n gynnar fod wedi gwneud yn wahanol; mae “os na newidiodd neb arall” yn dangos y pen gofalus.',
  'caveats.incomplete': ({ count }: { count: string }) => `Cyfrifir teuluoedd â llai na ${count} sesiwn yn anghyflawn.`,
  'caveats.rounded': 'Caiff cyfrifon eu talgrynnu a chuddir rhai bach, fel na ellir adnabod unrhyw deulu. Efallai na fydd rhifau’n adio’n union.',
}
