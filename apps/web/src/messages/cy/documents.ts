// Geiriau’r sgriniau yn screens/documents.
export const documents = {
  'documents.title': 'Sut y defnyddir eich data',
  'documents.says':
    'Mae’r tudalennau hyn wedi’u hargraffu o’r un rheolau ag y mae Attune ei hun yn ufuddhau iddynt. Newidiwch reol ac mae’r dudalen yn newid gyda hi.',
  'documents.for': ({ audience }: { audience: string }) => `Ar gyfer ${audience}`,
  'documents.edition': ({ edition, day }: { edition: string; day: string }) => `Argraffiad ${edition}, newidiwyd ddiwethaf ${day}`,
  'documents.print': 'Argraffu’r dudalen hon',
  'documents.pdf': 'Cadw fel PDF',
  'documents.demo': 'Demo: mae pawb a phopeth yma wedi’u dyfeisio',
  'documents.back': 'Pob tudalen',
  'documents.contents': 'Ar y dudalen hon',
  'documents.loading': 'Yn nôl y polisi…',
}
