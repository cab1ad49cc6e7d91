// Words of charts for the tests of this package; the app has its own, in two languages.
import type { ChartWords } from '../src/words.ts'

export const englishWords: ChartWords = {
  nothing: 'There is nothing to show yet.',
  hidden: 'hidden',
  unknown: 'unknown',
  inWords: 'In words',
  points: (text) => (text === '1' ? '1 point' : `${text} points`),
  range: (low, high) => `${low} to ${high}`,
  change: {
    before: 'before',
    after: 'after',
    likely: 'likely range of the true change (95 %)',
    people: (count) => `about ${count} people`,
    fromTo: (before, after, min, max) => `from ${before} to ${after} on a scale from ${min} to ${max}.`,
    unsure: (points) => `Changed by ${points}; too few people to say how sure that is.`,
    unclear: (low, high) => `No clear change (likely ${low} to ${high} points).`,
    moved: (way, points, near, far) =>
      `${{ better: 'Better', worse: 'Worse', up: 'Went up', down: 'Went down' }[way]} by ${points} (likely ${near} to ${far}).`,
    columns: ['People (about)', 'Mean before', 'Mean after', 'Mean change', '95 % interval'],
  },
  reliable: {
    parts: { improved: 'better', unchanged: 'no clear change', worse: 'worse' },
    likely: 'likely range of "better" (95 %)',
    nobody: 'Nobody has two scores yet.',
    rest: 'the rest is hidden',
    told: (count, parts) => `About ${count} people: ${parts}.`,
    likelyShare: (low, high) => `Better: likely between ${low} % and ${high} %.`,
    columns: ['Better', 'No clear change', 'Worse', 'Everybody'],
  },
  share: {
    told: (share, of, low, high) => `${share} % ${of}, likely between ${low} % and ${high} %.`,
    atLeast: (share) => `at least ${share} %`,
    columns: ['Share', '95 % interval', 'Of'],
  },
  trajectory: {
    direction: { higher: '↑ Higher is better', lower: '↓ Lower is better', none: 'Neither end is better.' },
    chance: 'may be chance',
    noScore: 'no score',
    noneYet: 'There is no score yet.',
    firstOnly: (first) => `The first score is ${first}. Change can be seen after the next session.`,
    same: (first, last) => `From ${first} to ${last}: no change.`,
    moved: (way, first, last, points) => `From ${first} to ${last}: ${way} by ${points}.`,
    real: 'That is more than chance alone would bring.',
    mayBeChance: 'A change this small may be chance.',
    notKnown: 'How much of that may be chance is not known for this measure.',
    columns: ['Session', 'Score'],
  },
}
