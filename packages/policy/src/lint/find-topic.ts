// Finds a topic (a name, a birth date, a faith …) in the words of a question, whatever language the words are in. Terms are phrases without
// accents; a star at the end of a word stands for any ending. Matching walks word by word, so it takes time in proportion to the text.

export type Topic = {
  readonly id: string
  /** What the topic is called in a sentence: "asks for …". */
  readonly label: string
  readonly terms: readonly string[]
  /** Terms that mean the topic only when at least two of them stand in one list of choices: "white", "mixed". */
  readonly pairTerms?: readonly string[]
}

const negations = [
  'without',
  'no',
  'not',
  'never',
  'avoid',
  'omit',
  'instead',
  'heb',
  'dim',
  'nid',
  'peidiwch',
  'gadewch',
  'hepgorwch',
  'sans',
  'ohne',
  'keine',
  'sin',
  'bez',
  'nie',
  'fara',
  'senza',
  'sem',
]

/** Words without accents and capitals, as they are compared. */
export function toWords(text: string): readonly string[] {
  // Most words have no accents; a file of choices may have a hundred thousand of them.
  if (/^[ -~]*$/.test(text)) return toNegated(text.toLowerCase()).match(/[a-z0-9]+/g) ?? []
  return toNegated(text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase()).match(/[\p{L}\p{N}]+/gu) ?? []
}

const toNegated = (text: string): string => (/['’]/.test(text) ? text.replace(/n['’]t\b/g, ' not') : text)

/** The words of a name in a form: "clientDob_2" is client, dob, 2. */
export function toNameWords(name: string): readonly string[] {
  return toWords(
    name
      .replace(/([a-z])([A-Z])/g, '$1 $2')
      .replace(/([A-Za-z])(\d)/g, '$1 $2')
      .replace(/[_.-]/g, ' '),
  )
}

/** The topic that a text is about, if any. `reach` is how many words back a "without" or "leave out" may stand to excuse it; -1 never excuses. */
export function findTopic(text: string, topics: readonly Topic[], reach: number): Topic | undefined {
  return topics[firstTopic(toSentences(text), indexOf(topics, 'terms'), reach)]
}

/** The topic that a list of choices is about: one plain term, or two of the terms that need company. */
export function findTopicOfChoices(choices: readonly string[], topics: readonly Topic[]): Topic | undefined {
  const sentences = choices.map(toSentences)
  const terms = indexOf(topics, 'terms')
  const plain = sentences.reduce((least, choice) => Math.min(least, firstTopic(choice, terms, -1)), Number.POSITIVE_INFINITY)
  const pairTerms = indexOf(topics, 'pairTerms')
  const counts = new Map<number, number>()
  for (const choice of sentences) {
    const found = firstTopic(choice, pairTerms, -1)
    counts.set(found, (counts.get(found) ?? 0) + 1)
  }
  const paired = topics.findIndex((_, at) => (counts.get(at) ?? 0) >= 2)
  return topics[paired === -1 ? plain : Math.min(plain, paired)]
}

// "D.O.B." is one word and not three sentences.
function toSentences(text: string): readonly (readonly string[])[] {
  if (!/[.!?;\n]/.test(text)) return [toWords(text)]
  return text
    .replace(/(?<!\p{L})(\p{L})\.(?=\p{L}(?!\p{L}))/gu, '$1')
    .split(/[.!?;\n]+/u)
    .map(toWords)
}

type Term = { readonly topic: number; readonly parts: readonly string[] }
/** Terms by their first word; those whose first word has a star by its first letter. */
type TermIndex = { readonly byFirst: ReadonlyMap<string, readonly Term[]>; readonly starred: ReadonlyMap<string, readonly Term[]> }

const indexes = { terms: new WeakMap<readonly Topic[], TermIndex>(), pairTerms: new WeakMap<readonly Topic[], TermIndex>() }

function indexOf(topics: readonly Topic[], kind: 'terms' | 'pairTerms'): TermIndex {
  const known = indexes[kind].get(topics)
  if (known !== undefined) return known
  const byFirst = new Map<string, Term[]>()
  const starred = new Map<string, Term[]>()
  for (const [topic, { [kind]: terms = [] }] of topics.entries()) {
    for (const term of terms) {
      const parts = term.split(' ').flatMap((part) => (part.endsWith('*') ? [`${toWords(part).join('')}*`] : toWords(part)))
      const first = parts[0] ?? ''
      const [index, key] = first.endsWith('*') ? [starred, first.charAt(0)] : [byFirst, first]
      index.set(key, [...(index.get(key) ?? []), { topic, parts }])
    }
  }
  const index = { byFirst, starred }
  indexes[kind].set(topics, index)
  return index
}

/** The place in the list of the first topic that some words are about; Infinity when there is none. */
function firstTopic(sentences: readonly (readonly string[])[], { byFirst, starred }: TermIndex, reach: number): number {
  let found = Number.POSITIVE_INFINITY
  for (const words of sentences) {
    for (let at = 0; at < words.length; at++) {
      const word = words[at] as string
      for (const terms of [byFirst.get(word), starred.get(word.charAt(0))]) {
        for (const term of terms ?? []) {
          if (term.topic < found && isTermAt(words, at, term.parts) && (reach < 0 || !isExcused(words.slice(Math.max(0, at - reach), at))))
            found = term.topic
        }
      }
    }
  }
  return found
}

function isTermAt(words: readonly string[], at: number, parts: readonly string[]): boolean {
  return at + parts.length <= words.length && parts.every((part, step) => isWordLike(words[at + step] as string, part))
}

function isExcused(before: readonly string[]): boolean {
  return before.some((word, at) => negations.includes(word) || (word === 'leave' && before[at + 1] === 'out'))
}

function isWordLike(word: string, part: string): boolean {
  return part.endsWith('*') ? word.startsWith(part.slice(0, -1)) : word === part
}
