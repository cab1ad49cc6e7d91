// What waits and what is overdue, for the marks on the home screen: counts by place, and nothing else.
import { Type, type Static } from 'typebox'
import { closed } from './words.ts'

export const MarksPage = closed({
  marks: Type.Array(closed({ place: Type.String({ description: 'the path of the screen' }), open: Type.Integer(), overdue: Type.Integer() })),
})
export type MarksPage = Static<typeof MarksPage>
