// What the words around a word say about it. Each question looks at a few tokens to either side and no further.
import type { Reading } from '../detectors/detector.ts'
import type { Token } from '../tokens/token.ts'
import {
  clauseStarts,
  contactVerbs,
  determiners,
  fillers,
  nameLinks,
  namedBy,
  ownedWords,
  personStates,
  personVerbs,
  rolesBefore,
  titles,
} from './person-words.ts'

export type Context = {
  /** Said or done right after it, as people do. */
  readonly isActing: boolean
  /** "is five", "was upset". */
  readonly isDescribed: boolean
  /** "is", "was" or "has" right after it. */
  readonly isSubject: boolean
  /** 's, or "(uncle)", or an owned word after a name without apostrophe. */
  readonly isOwning: boolean
  /** 's before somebody's mum or somebody's school. */
  readonly isOwningKin: boolean
  /** After "her cousin", "called", "Dear". */
  readonly isIntroduced: boolean
  /** After "rang", "saw", "spoke to". */
  readonly isMet: boolean
  /** After "with", "and", "to". */
  readonly isLinked: boolean
  readonly isAfterDeterminer: boolean
  /** After "rang" or "spoke to", which need a person. */
  readonly isCalled: boolean
  /** "mum and" right before it, or "and mum" right after. */
  readonly isBesideRole: boolean
  /** "is a", "was very": true of days and months as well. */
  readonly isLooselyDescribed: boolean
  /** The first word of a clause. */
  readonly isClauseStart: boolean
}

export function readContext({ tokens, lexicon }: Reading, index: number): Context {
  const before = lastWord(tokens, index)
  const beforeThat = before === undefined ? undefined : tokens[index - 2]
  const afterIndex = skipFillers(tokens, index + 1)
  const after = tokens[afterIndex]
  const next = tokens[index + 1]
  const isPossessive = next?.kind === 'possessive'
  const owned = isPossessive ? tokens[index + 2] : next
  const isToBe =
    after !== undefined &&
    (after.folded === 'is' ||
      after.folded === 'was' ||
      after.folded === 'has' ||
      after.folded === 'had' ||
      after.folded === 'will' ||
      after.folded === 'can')
  const state = isToBe ? tokens[skipFillers(tokens, afterIndex + 1)] : undefined
  const isRole = before !== undefined && rolesBefore.has(before.folded)
  return {
    isActing:
      after?.kind === 'word' &&
      personVerbs.has(after.folded) &&
      !(after.folded === 'needs' && afterIndex === index + 1 && tokens[afterIndex + 1]?.folded === 'assessment'),
    isSubject: isToBe,
    isDescribed:
      state !== undefined &&
      (state.kind === 'number' ||
        (state.kind === 'word' &&
          (personStates.has(state.folded) || (after?.folded !== 'will' && state.folded.endsWith('ing') && lexicon.sense(state.folded).isWord)))),
    isOwning: isPossessive || (next?.text === '(' && rolesBefore.has(tokens[index + 2]?.folded ?? '')) || isAppositive(tokens, index),
    isOwningKin:
      (isPossessive && owned !== undefined && ownedWords.has(owned.folded)) ||
      (next?.text === '(' && rolesBefore.has(tokens[index + 2]?.folded ?? '')),
    isIntroduced:
      before !== undefined &&
      (isRole ||
        namedBy.has(before.folded) ||
        (before.folded === 'is' && tokens[index - 2]?.folded === 'name') ||
        (before.folded === 'as' && beforeThat?.folded === 'known')),
    isMet:
      before !== undefined &&
      (contactVerbs.has(before.folded) ||
        ((before.folded === 'to' || before.folded === 'with' || before.folded === 'for') && spoken.has(beforeThat?.folded ?? ''))),
    isLinked: before !== undefined && nameLinks.has(before.folded),
    isCalled:
      before !== undefined &&
      (callVerbs.has(before.folded) ||
        ((before.folded === 'to' || before.folded === 'with') &&
          (beforeThat?.folded === 'spoke' || beforeThat?.folded === 'talked' || beforeThat?.folded === 'spoken')) ||
        (before.folded === 'by' && ['told', 'asked', 'hit', 'bitten', 'said'].includes(beforeThat?.folded ?? ''))),
    isBesideRole:
      (before !== undefined && (before.folded === 'and' || before.text === '&') && rolesBefore.has(beforeThat?.folded ?? '')) ||
      (next !== undefined && (next.folded === 'and' || next.text === '&') && rolesBefore.has(tokens[index + 2]?.folded ?? '')),
    isLooselyDescribed: state !== undefined && loose.has(state.folded),
    isAfterDeterminer: before !== undefined && determiners.has(before.folded),
    isClauseStart: before === undefined || before.kind !== 'word' || tokens[index]!.startsSentence || clauseStarts.has(before.folded),
  }
}

const callVerbs = new Set('rang phoned texted emailed messaged told asked met ringing texting phoning telling thanked'.split(' '))
const loose = new Set(
  'a an the very so still not now also just always here there my our born named called late early being in at with on out away really calm quiet loud sad'.split(
    ' ',
  ),
)
const spoken = new Set([
  'spoke',
  'talked',
  'talking',
  'speaking',
  'speak',
  'talk',
  'listened',
  'listening',
  'session',
  'visit',
  'met',
  'sat',
  'played',
  'playing',
  'lives',
  'living',
  'stays',
  'went',
  'call',
  'meeting',
  'letter',
  'email',
  'message',
  'text',
  'contact',
  'worked',
  'chat',
  'chatted',
  'fed',
  'gave',
  'wrote',
  'reported',
  'said',
  'handed',
  'referred',
  'allocated',
  'refer',
  'watched',
  'clip',
  'reviewed',
  'worried',
  'waited',
  'cares',
  'cared',
  'caring',
  'concerned',
  'concerns',
])

function lastWord(tokens: readonly Token[], index: number): Token | undefined {
  const before = tokens[index - 1]
  if (before === undefined || before.kind === 'gap') return undefined
  if (before.text === '.' && titles.has(tokens[index - 2]?.folded ?? '')) return tokens[index - 2]
  return tokens[index]!.startsSentence && before.kind === 'mark' ? undefined : before
}

function skipFillers(tokens: readonly Token[], index: number): number {
  return tokens[index]?.kind === 'word' && fillers.has(tokens[index]!.folded) ? index + 1 : index
}

/** "Wiktoria, her cousin," */
function isAppositive(tokens: readonly Token[], index: number): boolean {
  return (
    tokens[index + 1]?.text === ',' &&
    ['her', 'his', 'the', 'their', 'my', 'our'].includes(tokens[index + 2]?.folded ?? '') &&
    rolesBefore.has(tokens[index + 3]?.folded ?? '')
  )
}
