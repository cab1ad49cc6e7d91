/** Every way in which a submission can differ from its form. A code is never reused for another meaning. */
export const shapeIssueCodes = [
  'wrong-root',
  'wrong-form',
  'wrong-version',
  'missing-instance-id',
  'unknown-element',
  'repeated-element',
  'unknown-attribute',
  'stray-text',
  'wrong-type',
  'unknown-choice',
  'repeated-choice',
  'out-of-range',
  'constraint-broken',
  'missing-answer',
  'answer-not-asked',
] as const
export type ShapeIssueCode = (typeof shapeIssueCodes)[number]

/** `path` names the question or, for something the form does not know, the place that holds it; neither field ever carries an answer. */
export type ShapeIssue = { readonly code: ShapeIssueCode; readonly path: string; readonly message: string }

export const shapeMessages: { readonly [code in ShapeIssueCode]: string } = {
  'wrong-root': 'The submission does not begin with the element that this form begins with.',
  'wrong-form': 'The submission was made with another form.',
  'wrong-version': 'The submission was made with another version of this form.',
  'missing-instance-id': 'The submission has no identifier of its own.',
  'unknown-element': 'There is an answer here that the form does not ask for.',
  'repeated-element': 'This question is answered more than once.',
  'unknown-attribute': 'There is an attribute here that the form does not have.',
  'stray-text': 'There is text here that belongs to no question.',
  'wrong-type': 'The answer is not of the kind that this question takes.',
  'unknown-choice': 'The answer is not one of the choices of this question.',
  'repeated-choice': 'The same choice is given twice.',
  'out-of-range': 'The number is outside the range of this question.',
  'constraint-broken': 'The answer does not meet the rule that the form sets for this question.',
  'missing-answer': 'This question needs an answer and has none.',
  'answer-not-asked': 'This question is answered, although the other answers mean that it is not asked.',
}
