export const analysis = {
  'analysis.title': 'Rhaglenni dadansoddi',
  'analysis.nav': 'Rhaglenni dadansoddi',
  'analysis.navSays': 'Gadewch i raglen ystadegau nôl ffigurau cyhoeddedig yr holl wasanaethau.',
  'analysis.says':
    'Mae rhaglen gysylltiedig yn nôl yr hyn sydd wedi’i ryddhau dros yr holl wasanaethau fel un tabl: cyfrifon a chymedrau, heb rifau bach. Nid yw byth yn cael cofnod. Mae pob tro yn y log, ac mae’r cysylltiad yn dod i ben ar ei ben ei hun ar ôl hanner blwyddyn.',
  'analysis.now': ({ name }: { name: string }) => `Mae ar “${name}” angen y ddau beth hyn`,
  'analysis.nowSays':
    'Mae’r rhaglen yn anfon y tocyn yn y pennyn “Authorization: Token …”. Mae “npx attune analyse” yn ei ddarllen o ATTUNE_ANALYSIS_TOKEN.',
  'analysis.token': 'Tocyn',
  'analysis.nameHint': 'Er mwyn i chi wybod yn nes ymlaen pa un i’w ddatgysylltu, er enghraifft “R ar gyfrifiadur y swyddfa”',
  'analysis.noneSays': 'Cysylltwch un uchod, neu darllenwch yr adroddiad cenedlaethol yma.',
  'analysis.disconnectSays': 'Ni all nôl dim byd arall o’r cynnig nesaf ymlaen. Mae’r hyn a gafodd o’r blaen yn aros gyda chi.',
}
