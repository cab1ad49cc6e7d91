// The rows of a service's own measures in its form: totals to type in, or, where the service may show the wording, items and what they add up to.
import { toScores, type Direction, type Scale, type ScaleItem, type Score } from '@attune/measures'
import type { FormOutline } from '@attune/forms'
import type { ClientRecordForm, MeasureDomain } from './programme.ts'

/** A measure that a service wants, and why it may be asked. */
export type OwnMeasure = {
  readonly scale: Scale
  readonly domain: MeasureDomain
  readonly purposes: readonly string[]
  readonly justification: string
  /** True when its review was about asking it item by item. It is asked so only while `scale` carries the wording. */
  readonly reviewedItems?: boolean
  /** Of a measure in everybody's form that holds its totals: score id to question. Then only its items are added, after the form. */
  readonly coreScores?: { readonly [score: string]: string }
}

/** A row of a sheet: header to text. */
export type Cells = { readonly [header: string]: string }

type Words = {
  readonly title: string
  readonly hint: (least: number, most: number, direction: Direction) => string
  readonly outside: (least: number, most: number) => string
  readonly worked: string
  readonly instead: string
  readonly paper: string
  readonly total: (measure: string) => string
  readonly care: string
}

const english: Words = {
  title: 'Measures of our service',
  hint: (least, most, direction) =>
    `A whole number from ${least} to ${most}.${{ higher: ' Higher is better.', lower: ' Lower is better.', none: '' }[direction]}`,
  outside: (least, most) => `This score lies between ${least} and ${most}.`,
  worked: 'It is worked out when every line has an answer. Any line can be left empty.',
  instead: 'When every line has an answer this total counts, and not one that was typed in above.',
  paper: 'Its lines are not asked here: add them up on paper.',
  total: (measure) => `${measure}, total`,
  care: 'The answer to this line asks for care. Talk about it now, and follow your service’s steps for keeping people safe before you go on.',
}
const welsh: Words = {
  title: 'Mesurau ein gwasanaeth',
  hint: (least, most, direction) =>
    `Rhif cyfan o ${least} i ${most}.${{ higher: ' Mae uwch yn well.', lower: ' Mae is yn well.', none: '' }[direction]}`,
  outside: (least, most) => `Mae’r sgôr hwn rhwng ${least} a ${most}.`,
  worked: 'Caiff ei gyfrifo pan fydd gan bob llinell ateb. Gellir gadael unrhyw linell yn wag.',
  instead: 'Pan fydd gan bob llinell ateb, y cyfanswm hwn sy’n cyfrif, ac nid un a deipiwyd uchod.',
  paper: 'Ni ofynnir ei linellau yma: adiwch nhw ar bapur.',
  total: (measure) => `${measure}, cyfanswm`,
  care: 'Mae’r ateb i’r llinell hon yn galw am ofal. Siaradwch amdano nawr, a dilynwch gamau eich gwasanaeth ar gyfer cadw pobl yn ddiogel cyn mynd ymlaen.',
}
const codeOf = (language: string): string => /\(([a-z-]+)\)/.exec(language)?.[1] ?? 'en'
const wordsOf = (language: string): Words => (codeOf(language) === 'cy' ? welsh : english)

/** The name of the question that holds a score, or an item, of a service's own measure. */
export const ownQuestion = (scale: Pick<Scale, 'id'>, part: { readonly id: string }): string =>
  `own_${`${scale.id}_${part.id}`.replace(/[^a-zA-Z0-9]+/g, '_')}`

/** The items that the form asks: all of them when the review was about items and the wording is at hand, else none. */
export function askedItems({ scale, reviewedItems }: OwnMeasure): readonly ScaleItem[] {
  const isAtHand = scale.entry === 'items' && scale.items.every((item) => item.text !== undefined)
  return reviewedItems === true && isAtHand ? scale.items : []
}

/** True for a measure of everybody's form whose items may not be asked: its totals are there, and nothing is added. */
export const isResting = (own: OwnMeasure): boolean => own.coreScores !== undefined && askedItems(own).length === 0

/** The scores that the service's part of the form holds: typed in, or with items those that items add up to. */
export function askedScores(own: OwnMeasure): readonly Score[] {
  if (isResting(own)) return []
  const all = toScores(own.scale)
  return askedItems(own).length === 0 ? all : all.filter(isAddedUp)
}

/** With items: the scores beside them that no item adds up to, such as those of a supplement. Everybody's form holds its own. */
export function typedScores(own: OwnMeasure): readonly Score[] {
  return askedItems(own).length === 0 || own.coreScores !== undefined ? [] : toScores(own.scale).filter((score) => !isAddedUp(score))
}

const isAddedUp = (score: Score) => score.items.length > 0 || score.from.length > 0

/** The block of all measures of the service, as rows of the survey sheet. */
export function toOwnBlock({ outline, questions }: ClientRecordForm, given: readonly OwnMeasure[]): Cells[] {
  const measures = given.filter((own) => !isResting(own))
  // A service that took its last measure out has the form of everybody, under a version of its own.
  if (measures.length === 0) return []
  const texts: TextCells = (header, of) =>
    Object.fromEntries(
      outline.languages.map((language) => [language === 'default' ? header : `${header}::${language}`, of(wordsOf(language), codeOf(language))]),
    )
  const relevant = `\${${questions.clientConsent}} = 'yes'`
  const typed = measures.filter((own) => askedItems(own).length === 0)
  const open = { type: 'begin_group', name: 'own_measures', relevant, ...texts('label', (words) => words.title) }
  return [
    { ...open, ...(typed.length === measures.length ? { appearance: 'field-list' } : {}) },
    ...typed.flatMap((own) => toTypedRows(own, texts)),
    ...measures.filter((own) => !typed.includes(own)).flatMap((own) => toItemRows(own, texts, outline)),
    { type: 'end_group' },
  ]
}

type TextCells = (header: string, of: (words: Words, language: string) => string) => Cells

const nameOf = (scale: Scale, score: Score) => (score.id === 'total' ? scale.name : `${scale.name}: ${score.name}`)

function toTypedRows({ scale }: OwnMeasure, texts: TextCells, scores = toScores(scale), more: (words: Words) => string = () => ''): Cells[] {
  return scores.map((score) => ({
    type: 'integer',
    name: ownQuestion(scale, score),
    constraint: `. >= ${score.min} and . <= ${score.max}`,
    ...texts('label', () => nameOf(scale, score)),
    ...texts('hint', (words) => `${more(words)} ${words.hint(score.min, score.max, score.direction)}`.trim()),
    ...texts('constraint_message', (words) => words.outside(score.min, score.max)),
  }))
}

/** One page per measure: what it asks, a line per item, and below them what the server will work out again from the items. */
function toItemRows(own: OwnMeasure, texts: TextCells, outline: FormOutline): Cells[] {
  const { scale } = own
  const group = ownQuestion(scale, { id: 'items' })
  const stemOf = (language: string) => scale.translations?.[language]?.stem ?? scale.stem
  const items = askedItems(own)
  // Where everybody is asked for the total, the service asks for the lines.
  const [place] = Object.values(own.coreScores ?? {})
  const relevant = place === undefined ? '' : (findRelevance(outline, place) ?? '')
  return [
    { type: 'begin_group', name: group, appearance: 'field-list', ...(relevant !== '' && { relevant }), ...texts('label', () => scale.name) },
    {
      type: 'note',
      name: `${group}_about`,
      ...texts('label', (_words, language) => stemOf(language) ?? scale.about),
      ...texts('hint', () => scale.licence.attribution ?? scale.licence.terms),
    },
    ...items.flatMap((item): Cells[] => [
      {
        type: `select_one ${listOf(scale, item)}`,
        name: ownQuestion(scale, { id: item.code }),
        appearance: 'likert',
        ...texts('label', (_words, language) => scale.translations?.[language]?.texts[item.code] ?? item.text ?? ''),
      },
      ...scale.risks
        .filter((risk) => risk.item === item.code)
        .map((risk): Cells => ({
          type: 'note',
          name: `${ownQuestion(scale, { id: item.code })}_care`,
          relevant: `\${${ownQuestion(scale, { id: item.code })}} >= ${risk.atLeast}`,
          ...texts('label', (words) => words.care),
        })),
    ]),
    ...askedScores(own).map((score) => ({
      type: scale.scoreFactor === 1 && score.combine === 'sum' ? 'integer' : 'decimal',
      name: ownQuestion(scale, score),
      readonly: 'yes',
      calculation: toCalculation(scale, score),
      ...texts('label', (words) => (score.id === 'total' ? words.total(scale.name) : nameOf(scale, score))),
      ...texts('hint', (words) => (own.coreScores === undefined ? words.worked : `${words.worked} ${words.instead}`)),
    })),
    ...toTypedRows(own, texts, typedScores(own), (words) => words.paper),
    { type: 'end_group' },
  ]
}

/** When a question is asked: its own condition and those of the groups that it stands in. */
function findRelevance({ children }: Pick<FormOutline, 'children'>, name: string): string | undefined {
  for (const node of children) {
    const below = node.kind === 'question' ? (node.name === name ? '' : undefined) : findRelevance(node, name)
    if (below === undefined) continue
    return [node.relevant ?? '', below]
      .filter((part) => part !== '')
      .map((part) => `(${part})`)
      .join(' and ')
  }
  return undefined
}

// Items whose options have words of their own have a list of their own.
function listOf(scale: Scale, item: ScaleItem): string {
  const isOwn = item.options.some((option, at) => option.label !== scale.options[at]?.label)
  return ownQuestion(scale, { id: isOwn ? `options_${item.code}` : 'options' })
}

/** The answers to choose from, as rows of the sheet "choices". */
export function toOwnChoices({ outline }: ClientRecordForm, own: OwnMeasure): Cells[] {
  const { scale } = own
  const lists = new Map(askedItems(own).map((item) => [listOf(scale, item), item]))
  return [...lists].flatMap(([list, item]) =>
    item.options.map((option, at): Cells => {
      const labelIn = (language: string) => {
        const words = scale.translations?.[codeOf(language)]
        return (words?.itemLabels[item.code] ?? words?.labels)?.[at] ?? option.label ?? String(option.value)
      }
      const labels = outline.languages.map((language) => [language === 'default' ? 'label' : `label::${language}`, labelIn(language)])
      return { list_name: list, name: String(option.value), ...Object.fromEntries(labels) }
    }),
  )
}

/** The score from its items when all have an answer; a score with a table for converting it is left to the server. */
function toCalculation(scale: Scale, score: Score): string {
  const codes = score.from.length === 0 ? score.items : score.from.flatMap((id) => scale.subscales.find((part) => part.id === id)?.items ?? [])
  const members = scale.items.filter((item) => codes.includes(item.code))
  const questionOf = (item: ScaleItem) => `\${${ownQuestion(scale, { id: item.code })}}`
  const complete = members.map((item) => `${questionOf(item)} != ''`).join(' and ')
  const sum = members.map((item) => (item.reversed ? `(${item.min + item.max} - ${questionOf(item)})` : questionOf(item))).join(' + ')
  if (score.conversion !== undefined || members.length === 0) return "''"
  return `if(${complete}, ${score.combine === 'mean' ? `(${sum}) div ${members.length}` : sum}, '')`
}
