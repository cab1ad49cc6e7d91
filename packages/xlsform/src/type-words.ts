import type { QuestionType } from '@attune/forms'

const words: { readonly [type in QuestionType]: string } = {
  text: 'text',
  integer: 'integer',
  decimal: 'decimal',
  date: 'date',
  time: 'time',
  dateTime: 'dateTime',
  'select-one': 'select_one',
  'select-multiple': 'select_multiple',
  rank: 'rank',
  range: 'range',
  note: 'note',
  acknowledge: 'acknowledge',
  calculate: 'calculate',
  hidden: 'hidden',
  image: 'image',
  audio: 'audio',
  video: 'video',
  file: 'file',
  barcode: 'barcode',
  geopoint: 'geopoint',
  geotrace: 'geotrace',
  geoshape: 'geoshape',
  preload: 'hidden',
}

/** The word of the type column for a type of the outline, with its list where it has one. */
export function toTypeWord(type: QuestionType, list: string | undefined): string {
  return list === undefined ? words[type] : `${words[type]} ${list}`
}
