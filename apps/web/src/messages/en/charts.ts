// Words that stand in pictures of scores, in their tables and in what is read aloud instead. Keys begin with "charts.", "reasons." and "caveats.".
import { countWords } from '../count-words.ts'

type Moved = { way: 'better' | 'worse' | 'up' | 'down'; points: string }
const ways = { better: 'Better', worse: 'Worse', up: 'Went up', down: 'Went down' } as const

export const charts = {
  'charts.nothing': 'There is nothing to show yet.',
  'charts.hidden': 'hidden',
  'charts.unknown': 'unknown',
  'charts.inWords': 'In words',
  'charts.points': ({ text }: { text: string }) => (text === '1' ? '1 point' : `${text} points`),
  'charts.range': ({ low, high }: { low: string; high: string }) => `${low} to ${high}`,
  'charts.before': 'before',
  'charts.after': 'after',
  'charts.changeLikely': 'likely range of the true change (95 %)',
  'charts.people': ({ count }: { count: number }) => `about ${countWords(count, 'person', 'people')}`,
  'charts.fromTo': ({ before, after, min, max }: { before: string; after: string; min: number; max: number }) =>
    `from ${before} to ${after} on a scale from ${min} to ${max}.`,
  'charts.changeUnsure': ({ points }: { points: string }) => `Changed by ${points}; too few people to say how sure that is.`,
  'charts.changeUnclear': ({ low, high }: { low: string; high: string }) => `No clear change (likely ${low} to ${high} points).`,
  'charts.changeMoved': ({ way, points, near, far }: Moved & { near: string; far: string }) =>
    `${ways[way]} by ${points} (likely ${near} to ${far}).`,
  'charts.column.people': 'People (about)',
  'charts.column.before': 'Mean before',
  'charts.column.after': 'Mean after',
  'charts.column.change': 'Mean change',
  'charts.column.interval': '95 % interval',
  'charts.improved': 'better',
  'charts.unchanged': 'no clear change',
  'charts.worse': 'worse',
  'charts.reliableLikely': 'likely range of “better” (95 %)',
  'charts.nobody': 'Nobody has two scores yet.',
  'charts.rest': 'the rest is hidden',
  'charts.reliableTold': ({ count, parts }: { count: number; parts: string }) => `About ${countWords(count, 'person', 'people')}: ${parts}.`,
  'charts.reliableShare': ({ low, high }: { low: number; high: number }) => `Better: likely between ${low} % and ${high} %.`,
  'charts.column.improved': 'Better',
  'charts.column.unchanged': 'No clear change',
  'charts.column.worse': 'Worse',
  'charts.column.everybody': 'Everybody',
  'charts.shareTold': ({ share, of, low, high }: { share: number; of: string; low: number; high: number }) =>
    `${share} % ${of}, likely between ${low} % and ${high} %.`,
  'charts.shareAtLeast': ({ share }: { share: number }) => `at least ${share} %`,
  'charts.column.share': 'Share',
  'charts.column.of': 'Of',
  'charts.higher': '↑ Higher is better',
  'charts.lower': '↓ Lower is better',
  'charts.neither': 'Neither end is better.',
  'charts.chance': 'may be chance',
  'charts.noScore': 'no score',
  'charts.noScoreYet': 'There is no score yet.',
  'charts.firstOnly': ({ first }: { first: string }) => `The first score is ${first}. Change can be seen after the next session.`,
  'charts.same': ({ first, last }: { first: string; last: string }) => `From ${first} to ${last}: no change.`,
  'charts.scoreMoved': ({ way, first, last, points }: Moved & { first: string; last: string }) => `From ${first} to ${last}: ${way} by ${points}.`,
  'charts.real': 'That is more than chance alone would bring.',
  'charts.mayBeChance': 'A change this small may be chance.',
  'charts.notKnown': 'How much of that may be chance is not known for this measure.',
  'charts.column.session': 'Session',
  'charts.column.score': 'Score',

  'reasons.small': ({ count }: { count: string }) => `${count} people or fewer, so the number is hidden to protect them.`,
  'reasons.beside': 'Hidden so that a smaller hidden number beside it cannot be worked out.',
  'reasons.total': 'The total is hidden because a small hidden number could be worked out from it.',
  'reasons.fewPairs': ({ count }: { count: string }) => `Fewer than ${count} people have both scores, so averages are hidden to protect them.`,
  'reasons.noAverage': 'The average could not be worked out.',
  'reasons.allSame': 'Everybody has the same score or the same change, so the average would tell each person’s score.',
  'reasons.oneService': 'Only one service has these figures, so they would be that service’s and not those of all.',
  'reasons.largest': ({ count }: { count: string }) =>
    `Without the largest service fewer than ${count} people are left, whom that service could work out.`,
  'reasons.difference': ({ label, count }: { label: string; count: string }) =>
    `Since “${label}” was released people came or went, so that the difference could be about fewer than ${count}.`,
  'reasons.slice': ({ count }: { count: string }) => `Fewer than ${count} people are in this slice, so it cannot be released.`,
  'reasons.together': ({ count }: { count: string }) =>
    `Together with slices already released, this one would single out fewer than ${count} people.`,
  'reasons.gap': ({ label, count }: { label: string; count: string }) =>
    `It differs by fewer than ${count} people from “${label}”, which is already released, so subtracting one from the other would point at them.`,
  'reasons.nobodyBegan': 'Nobody began in this period.',
  'reasons.notFromThese': 'This could not be worked out from these numbers.',
  'reasons.noThreshold': 'No published threshold says how many points are a real change.',
  'reasons.notReportable': ({ count }: { count: string }) => `Not reportable: fewer than ${count} people have both scores.`,
  'reasons.fewLater': ({ count }: { count: string }) => `Fewer than ${count} of those who began have a later score.`,
  'reasons.fewLost': ({ count }: { count: string }) =>
    `Fewer than ${count} of those who began have no later score, so this would tell about those few.`,
  'reasons.atLeast': ({ count }: { count: string }) => `${count} people or fewer are the others, so the share is told as “at least”.`,
  'reasons.noShare': 'There is nobody to take a share of.',
  'reasons.totalOfThese': 'The total of these is hidden.',

  'caveats.group':
    'There is no comparison group. What happened to families who had no VIG is not known, so these figures cannot say that VIG caused the change.',
  'caveats.regression': 'People often start when things are at their worst, and things then get better on their own (regression to the mean).',
  'caveats.drift':
    'Some scores drift with time: parents of babies grow more confident in any case. Other help that a family had can also have made the change.',
  'caveats.after':
    'Only families with a score before and one after are in the change figures. Those who stopped early may have fared differently; “if nobody else changed” shows the careful end.',
  'caveats.during':
    'Only families with a score before and one during the work are in the change figures. Those who stopped early may have fared differently; “if nobody else changed” shows the careful end.',
  'caveats.incomplete': ({ count }: { count: string }) => `Families with fewer than ${count} sessions are counted as incomplete.`,
  'caveats.rounded': 'Counts are rounded and small ones are hidden, so that no family can be recognised. Numbers may not add up exactly.',
}
