// Geiriau’r gwiriad hyfforddi.
export const training = {
  'training.title': 'Y gwiriad hyfforddi byr',
  'training.says': 'Darllenwch bob rhan, yna atebwch ei chwestiynau. Mae’n cymryd tua deng munud. Gallwch ei wneud mor aml ag y mae angen.',
  'training.part': ({ number, total }: { number: number; total: number }) => `Rhan ${number} o ${total}`,
  'training.questions': 'Cwestiynau',
  'training.next': 'Parhau',
  'training.back': 'Yn ôl',
  'training.hand': 'Ei gyflwyno',
  'training.unanswered': ({ question }: { question: string }) => `Dewiswch ateb: ${question}`,
  'training.passed': 'Rydych wedi llwyddo',
  'training.passedSays': 'Da iawn. Mae wedi’i nodi, ac nid oes angen i chi ei wneud eto nes bydd yr hyfforddiant yn newid.',
  'training.notPassed': 'Heb lwyddo eto',
  'training.notPassedSays':
    'Roedd gormod o’r atebion yn anghywir. Ni ddelir dim yn eich erbyn: darllenwch y rhannau unwaith eto a rhowch gynnig arall arni.',
  'training.again': 'Ei ddarllen eto a rhoi cynnig arall arni',
  'training.home': 'Mynd i’ch tudalen gartref',
}
