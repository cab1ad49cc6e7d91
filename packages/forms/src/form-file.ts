// The files that lie beside a form: pictures, sounds and films of its words, and lists that choices and lookups come from.
import { questionsOf, type FormOutline, type OutlineNode, type QuestionOutline, type Texts } from './outline.ts'

export const formFileKinds = ['image', 'audio', 'video', 'list'] as const
export type FormFileKind = (typeof formFileKinds)[number]

/** One file of one version of a form. It never changes; a new version brings its own, or takes it over as it is. */
export type FormFile = {
  /** As the form writes it, for example "dog.png". */
  readonly name: string
  readonly kind: FormFileKind
  /** The media type that its content has. */
  readonly mediaType: string
  readonly bytes: number
  /** Hexadecimal. */
  readonly sha256: string
  /** Hexadecimal; the protocol of collecting apps knows no other. */
  readonly md5: string
  /** Of a list: how many rows it has. */
  readonly rows?: number
}

/** Where a form names a file: a row of the survey sheet, or of the choices sheet where its number is not kept. */
export type FileUse = {
  readonly name: string
  readonly sheet: 'survey' | 'choices'
  readonly row?: number
  /** The kind of words: image, big-image, audio, video. */
  readonly media: string
}

/** Every picture, sound and film that a form's words name, once for each place. */
export function mediaUsesOf(outline: FormOutline): FileUse[] {
  const uses: FileUse[] = []
  const add = (media: { readonly [kind: string]: Texts }, place: Pick<FileUse, 'sheet' | 'row'>) => {
    for (const [kind, texts] of Object.entries(media))
      for (const name of new Set(Object.values(texts)))
        if (name.trim() !== '' && name !== '-') uses.push({ name: name.trim(), media: kind, ...place })
  }
  const walk = (nodes: readonly OutlineNode[]) => {
    for (const node of nodes) {
      add(node.media, { sheet: 'survey', row: node.row })
      if (node.kind !== 'question') walk(node.children)
    }
  }
  walk(outline.children)
  for (const choices of Object.values(outline.choices)) for (const choice of choices) add(choice.media, { sheet: 'choices' })
  return uses
}

/** The file that a question's choices come from, for example "towns.csv"; undefined where they stand in the form. */
export function listFileOf({ xlsformType }: Pick<QuestionOutline, 'xlsformType'>): string | undefined {
  return /^(?:select_one_from_file|select_multiple_from_file|rank) (\S+\.(?:csv|xml|geojson))$/.exec(xlsformType ?? '')?.[1]
}

/** The columns of its file that hold what is stored and what is shown, for a question whose choices come from one. */
export function listColumnsOf(question: Pick<QuestionOutline, 'parameters' | 'xlsformType'>): { readonly value: string; readonly label: string } {
  const isMap = listFileOf(question)?.endsWith('.geojson') === true
  const { value = isMap ? 'id' : 'name', label = isMap ? 'title' : 'label' } = question.parameters
  return { value, label }
}

/** Questions whose choices come from a file. */
export function questionsWithListFiles(outline: FormOutline): QuestionOutline[] {
  return questionsOf(outline).filter((question) => listFileOf(question) !== undefined)
}

/** Every file that a form needs beside it, once. */
export function filesNeededBy(outline: FormOutline): string[] {
  return [...new Set([...(outline.files ?? []), ...mediaUsesOf(outline).map(({ name }) => name)])]
}

/** Of each picture that has a larger one beside it, the name of that. */
export function biggerPicturesOf(outline: FormOutline): ReadonlyMap<string, string> {
  const found = new Map<string, string>()
  const add = ({ image = {}, 'big-image': big = {} }: { readonly [kind: string]: Texts }) => {
    for (const [language, name] of Object.entries(image)) {
      const bigger = big[language] ?? big['default']
      if (bigger !== undefined && bigger !== '') found.set(name, bigger)
    }
  }
  const walk = (nodes: readonly OutlineNode[]) => {
    for (const node of nodes) {
      add(node.media)
      if (node.kind !== 'question') walk(node.children)
    }
  }
  walk(outline.children)
  for (const choices of Object.values(outline.choices)) for (const choice of choices) add(choice.media)
  return found
}
