import { listFileOf, type FormOutline, type OutlineNode, type QuestionOutline, type Texts } from '@attune/forms'
import { say } from '../../messages/index.ts'
import type { BlankContent, BlankQuestion, BlankSection, Picture } from '../../pdf/index.ts'
import { findRangeSteps } from '../../widgets/range-steps.ts'
import { toSheetFacts } from './copy-content.ts'
import type { NoticeFacts } from './form-ports.ts'

/** The paper form of an outline: every question that a person answers, whatever it depends on, in the order of the form. */
export function toBlankContent(
  outline: FormOutline,
  language: string,
  notice: NoticeFacts | undefined,
  at: Date,
  pictures: ReadonlyMap<string, Picture> = new Map(),
): BlankContent {
  const wordsOf = (texts: Texts): string => toPlain(texts[language] ?? texts[outline.defaultLanguage] ?? Object.values(texts)[0] ?? '')
  const pictureOf = ({ image }: { readonly [kind: string]: Texts }) => pictures.get(image === undefined ? '' : wordsOf(image))
  const sections: { title: string; says: string[]; questions: BlankQuestion[] }[] = []
  const loose = { title: outline.title, says: [] as string[], questions: [] as BlankQuestion[] }
  for (const node of outline.children) {
    if (node.kind === 'question') add(loose, node)
    else {
      const section = { title: wordsOf(node.label) || outline.title, says: [], questions: [] }
      sections.push(section)
      addAll(section, node.children)
    }
  }
  return {
    ...toSheetFacts(say('form.blankTitle', { form: outline.title }), language, notice, at),
    sections: [loose, ...sections].filter(hasSomething),
  }

  function addAll(section: { says: string[]; questions: BlankQuestion[] }, nodes: readonly OutlineNode[]): void {
    for (const node of nodes) {
      if (node.kind === 'question') add(section, node)
      else addAll(section, node.children)
    }
  }

  function add(section: { says: string[]; questions: BlankQuestion[] }, node: QuestionOutline): void {
    const label = wordsOf(node.label)
    if (node.type === 'note') {
      // A note that depends on an answer speaks to somebody who gave it; on paper nobody has yet.
      if (label !== '' && node.relevant === undefined) section.says.push(label)
      return
    }
    if (label === '' || node.calculation !== undefined || ['calculate', 'hidden', 'preload'].includes(node.type)) return
    const picture = pictureOf(node.media)
    const choicePictures = choicesOf(node, outline).map(({ media }) => pictureOf(media))
    section.questions.push({
      label,
      hint: wordsOf(node.hint),
      answer: toHandwriting(node, outline, wordsOf),
      ...(picture === undefined ? {} : { picture }),
      ...(choicePictures.some((one) => one !== undefined) && { choicePictures }),
    })
  }
}

function choicesOf({ list }: QuestionOutline, outline: FormOutline) {
  return list === undefined ? [] : (outline.choices[list] ?? [])
}

function toHandwriting(node: QuestionOutline, outline: FormOutline, words: (texts: Texts) => string): BlankQuestion['answer'] {
  const choices = choicesOf(node, outline).map((choice) => words(choice.label) || choice.name)
  // A list in a file may be as long as a telephone book: on paper its answer is written.
  if (listFileOf(node) !== undefined) return { kind: 'lines', count: node.type === 'select-one' ? 1 : 2 }
  switch (node.type) {
    case 'select-one':
      return { kind: 'boxes', choices, many: false }
    case 'select-multiple':
    case 'rank':
      return { kind: 'boxes', choices, many: true }
    case 'acknowledge':
      return { kind: 'boxes', choices: [say('form.blankAgree')], many: true }
    case 'date':
      return { kind: 'date', parts: [say('form.day'), say('form.month'), say('form.year')] }
    case 'range': {
      const bound = (name: string): number => Number(node.parameters[name] ?? Number.NaN)
      const values = findRangeSteps({ start: bound('start'), end: bound('end'), step: bound('step') || 1 }, 21)
      return values === undefined || values.length === 0 || values.some(Number.isNaN)
        ? { kind: 'lines', count: 1 }
        : { kind: 'scale', values: values.map(String) }
    }
    case 'text':
      return { kind: 'lines', count: node.appearance.includes('multiline') ? 4 : 1 }
    case 'image':
      return { kind: 'lines', count: node.appearance.includes('signature') ? 2 : 1 }
    default:
      return { kind: 'lines', count: 1 }
  }
}

function hasSomething(section: BlankSection): boolean {
  return section.says.length > 0 || section.questions.length > 0
}

/** Paper shows no Markdown, and no answer of this session either. */
function toPlain(text: string): string {
  return text
    .replace(/\$\{[^}]*\}/g, '______')
    .replace(/<[^>]*>/g, '')
    .replace(/(\*\*|__)(.+?)\1/g, '$2')
    .replace(/^#{1,6}\s+/gm, '')
    .trim()
}
