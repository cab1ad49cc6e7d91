// Purposes and their lawful bases. A purpose that touches health or free text needs its Article 9 slot filled before a programme opens; that check
// needs the fields and is in read-policy.ts.
import { article6Bases, article9Conditions, roles, type Purpose, type Subject } from '@attune/policy'
import type { Cursor } from './cursor.ts'
import { readUnique } from './read-list.ts'
import { checkSubject } from './read-people.ts'

export function readPurposes(root: Cursor, subjects: readonly Subject[]): readonly Purpose[] {
  return readUnique(
    root.need('purposes', 'a list of what the data is used for'),
    (purpose: Purpose) => purpose.code,
    (item) => {
      item.onlyKeys(['code', 'label', 'actors', 'subject', 'article6', 'article9', 'needsRequest', 'everyField', 'earlier'])
      const subjectPlace = item.need('subject', 'the id of a subject')
      const subject = subjectPlace.text()
      checkSubject(subjectPlace, subject, subjects)
      const actors = item.need('actors', 'a list of roles')
      const chosen = actors.items().map((actor) => actor.word(roles))
      if (!actors.isMissing && chosen.length === 0)
        actors.report('actor-missing', 'No role acts for this purpose. Name at least one, or remove the purpose.')
      return {
        code: item.need('code', 'a short word').id(),
        label: item.need('label', 'the purpose in words').text(),
        actors: chosen,
        subject,
        needsRequest: item.at('needsRequest')?.flag() ?? false,
        everyField: item.at('everyField')?.flag() ?? false,
        ...readBasis(item),
        earlier: (item.at('earlier')?.items() ?? []).map((earlier) => {
          earlier.onlyKeys(['article6', 'article9', 'until'])
          return { ...readBasis(earlier), until: earlier.need('until', 'the last day on which this basis applied').day() }
        }),
      }
    },
  )
}

function readBasis(item: Cursor) {
  const article9 = item.at('article9')?.word(article9Conditions)
  return {
    article6: item.need('article6', `the lawful basis: ${article6Bases.join(', ')}`).word(article6Bases),
    ...(article9 === undefined ? {} : { article9 }),
  }
}
