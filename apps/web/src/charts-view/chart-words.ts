// The words of charts out of the catalogues. Read inside a template or a computed value they follow the language.
import type { ChartWords } from '@attune/charts'
import { say } from '../messages/index.ts'

/** All words that a chart may need, in the language in use. */
export function chartWords(): ChartWords {
  return {
    nothing: say('charts.nothing'),
    hidden: say('charts.hidden'),
    unknown: say('charts.unknown'),
    inWords: say('charts.inWords'),
    points: (text) => say('charts.points', { text }),
    range: (low, high) => say('charts.range', { low, high }),
    change: {
      before: say('charts.before'),
      after: say('charts.after'),
      likely: say('charts.changeLikely'),
      people: (count) => say('charts.people', { count }),
      fromTo: (before, after, min, max) => say('charts.fromTo', { before, after, min, max }),
      unsure: (points) => say('charts.changeUnsure', { points }),
      unclear: (low, high) => say('charts.changeUnclear', { low, high }),
      moved: (way, points, near, far) => say('charts.changeMoved', { way, points, near, far }),
      columns: [
        say('charts.column.people'),
        say('charts.column.before'),
        say('charts.column.after'),
        say('charts.column.change'),
        say('charts.column.interval'),
      ],
    },
    reliable: {
      parts: { improved: say('charts.improved'), unchanged: say('charts.unchanged'), worse: say('charts.worse') },
      likely: say('charts.reliableLikely'),
      nobody: say('charts.nobody'),
      rest: say('charts.rest'),
      told: (count, parts) => say('charts.reliableTold', { count, parts }),
      likelyShare: (low, high) => say('charts.reliableShare', { low, high }),
      columns: [say('charts.column.improved'), say('charts.column.unchanged'), say('charts.column.worse'), say('charts.column.everybody')],
    },
    share: {
      told: (share, of, low, high) => say('charts.shareTold', { share, of, low, high }),
      atLeast: (share) => say('charts.shareAtLeast', { share }),
      columns: [say('charts.column.share'), say('charts.column.interval'), say('charts.column.of')],
    },
    trajectory: {
      direction: { higher: say('charts.higher'), lower: say('charts.lower'), none: say('charts.neither') },
      chance: say('charts.chance'),
      noScore: say('charts.noScore'),
      noneYet: say('charts.noScoreYet'),
      firstOnly: (first) => say('charts.firstOnly', { first }),
      same: (first, last) => say('charts.same', { first, last }),
      moved: (way, first, last, points) => say('charts.scoreMoved', { way, first, last, points }),
      real: say('charts.real'),
      mayBeChance: say('charts.mayBeChance'),
      notKnown: say('charts.notKnown'),
      columns: [say('charts.column.session'), say('charts.column.score')],
    },
  }
}
