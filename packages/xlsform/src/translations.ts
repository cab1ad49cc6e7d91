import type { ChoiceList } from './choices-sheet.ts'
import { isSection, type FormNode, type Nameable } from './form-tree.ts'
import { toLabelContent } from './expressions/label-content.ts'
import type { PathWriter, Standing } from './expressions/reference-paths.ts'
import { hasReference } from './expressions/references.ts'
import { isTranslated, toEntries, type Words } from './words.ts'
import { element, type XmlElement } from './xml.ts'

// The itext block: every text that has languages, media, or (in messages) answers inside it, under one id, in every language.

type Form = 'long' | 'guidance' | 'image' | 'big-image' | 'audio' | 'video' | (string & {})
type Entry = { readonly text: string; readonly from: Standing | undefined }
export type Translations = Map<string, Map<string, Map<Form, Entry>>>

export const messageAttributes = ['jr:constraintMsg', 'jr:requiredMsg', 'jr:noAppErrorString'] as const

/** Does a label need an id in the itext block? */
export function needsItext({ label, media }: { readonly label?: Words | undefined; readonly media: ReadonlyMap<string, Words> }): boolean {
  return isTranslated(label) || media.size > 0
}

/** Messages with an answer inside are mixed content, which an attribute cannot hold. */
export function isItextMessage(attribute: string, words: Words): boolean {
  if (isTranslated(words)) return true
  return attribute !== 'jr:noAppErrorString' && hasReference(words)
}

export function toTranslations(tree: readonly FormNode[], lists: Iterable<ChoiceList>, defaultLanguage: string): Translations {
  const all: Translations = new Map()
  const add = (id: string, form: Form, words: Words | undefined, from: Standing | undefined): void => {
    for (const [language, text] of words === undefined ? [] : toEntries(words, defaultLanguage)) {
      const ids = getOrAdd(all, language, () => new Map<string, Map<Form, Entry>>())
      getOrAdd(ids, id, () => new Map<Form, Entry>()).set(form, { text, from })
    }
  }
  for (const list of lists) {
    if (!list.isWordy) continue
    for (const [index, choice] of list.choices.entries()) {
      add(`${list.name}-${index}`, 'long', choice.label, undefined)
      for (const [kind, words] of choice.media) add(`${list.name}-${index}`, kind, words, undefined)
    }
  }
  const nodes = tree.filter((node): node is Nameable => node.kind === 'question' || isSection(node))
  for (const node of nodes) addWords(node, add)
  // File names with an answer inside name it by its whole path, in repeats as well: pyxform does, and players are used to it.
  for (const node of nodes) for (const [kind, words] of node.media) add(`${node.path}:label`, kind, words, undefined)
  fillGaps(all)
  return all
}

function addWords(node: Nameable, add: (id: string, form: Form, words: Words | undefined, from: Standing) => void): void {
  for (const attribute of messageAttributes) {
    const words = node.bind?.get(attribute)
    if (words !== undefined && isItextMessage(attribute, words)) add(`${node.path}:${attribute}`, 'long', words, node)
  }
  if (needsItext(node)) add(`${node.path}:label`, 'long', node.label, node)
  // A group has no hint of its own in the body, and no guidance.
  const guidance = node.kind === 'question' ? node.guidance : undefined
  if (isTranslated(node.hint) || guidance !== undefined) add(`${node.path}:hint`, 'long', node.hint, node)
  add(`${node.path}:hint`, 'guidance', guidance, node)
}

/** Every id gets every form in every language; "-" says that there is nothing. Without it players would fall back unevenly. */
function fillGaps(all: Translations): void {
  const wanted = new Map<string, Set<Form>>()
  for (const ids of all.values()) {
    for (const [id, forms] of ids) for (const form of forms.keys()) getOrAdd(wanted, id, () => new Set<Form>()).add(form)
  }
  for (const ids of all.values()) {
    for (const [id, forms] of wanted) {
      const present = getOrAdd(ids, id, () => new Map<Form, Entry>())
      for (const form of forms) if (!present.has(form)) present.set(form, { text: '-', from: undefined })
    }
  }
}

function getOrAdd<Key, Value>(map: Map<Key, Value>, key: Key, make: () => Value): Value {
  const found = map.get(key)
  if (found !== undefined) return found
  const made = make()
  map.set(key, made)
  return made
}

export function toItext(all: Translations, defaultLanguage: string, toPath: PathWriter): XmlElement {
  const translations = [...all].map(([language, ids]) => {
    const texts = [...ids].map(([id, forms]) => element('text', { id }, toValues(forms, toPath)))
    return element('translation', { lang: language, default: language === defaultLanguage ? 'true()' : undefined }, texts)
  })
  return element('itext', {}, translations)
}

const mediaFolders: { readonly [form: string]: string } = { 'big-image': 'images', image: 'images' }

function toValues(forms: ReadonlyMap<Form, Entry>, toPath: PathWriter): XmlElement[] {
  return [...forms].flatMap(([form, { text, from }]) => {
    if (form === 'long') return [element('value', {}, toLabelContent(text, from, toPath))]
    if (form === 'guidance') return [element('value', { form }, toLabelContent(text, from, toPath))]
    if (text === '-') return []
    return [element('value', { form }, withFolder(toLabelContent(text, from, toPath), `jr://${mediaFolders[form] ?? form}/`))]
  })
}

function withFolder(content: ReturnType<typeof toLabelContent>, folder: string): ReturnType<typeof toLabelContent> {
  const [first, ...rest] = content
  return typeof first === 'string' ? [folder + first.trimStart(), ...rest] : [folder, ...content]
}
