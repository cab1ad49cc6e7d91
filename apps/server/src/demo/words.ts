// Plausible words without a person in them.

export const childBefore = [
  'Hard to settle and quick to cry; the parent feels the child is cross with them.',
  'Very active, and seldom looks up when spoken to.',
  'Quiet. The parent is not sure what the child wants.',
  'Pushes away when held, and then follows the parent everywhere.',
  'Seems older than their years and looks after the younger one.',
  'Bright and funny, but every evening ends in shouting.',
] as const
export const childLater = [
  'Curious, and waits for an answer after making a sound.',
  'Still lively, and now brings things over to show.',
  'The parent sees small signs of tiredness before the tears come.',
  'Calms sooner when the parent names what is going on.',
  'Smiles first when they meet after nursery.',
] as const
export const relationshipBefore = [
  'We live side by side rather than together.',
  'I feel I am always saying no.',
  'I love them and I do not know how to show it so that it arrives.',
  'Most of our day is about getting through it.',
  'We play, but I do not know when to stop and when to join in.',
] as const
export const relationshipLater = [
  'We take turns more, and I can wait.',
  'I saw on the film that they look to me first. I had not known.',
  'There are calm minutes each day now.',
  'Mealtimes are shorter and friendlier.',
  'We had a good week and then a hard one, but we came back sooner.',
] as const
export const goals = [
  'Enjoy bath time together',
  'Notice when they want a break',
  'Fewer battles at bedtime',
  'Play for ten minutes each day',
  'Feel more sure of myself as a parent',
  'Get through meals calmly',
  'Understand what the crying means',
] as const
/** What should not be in free text and now and then is: for the demo's audits to find. Every name is invented, the number is one of Ofcom's for drama. */
export const slips = [
  'Plays well with Tomasz from the nursery group.',
  'Settles best when Nan Beryl is there on a Tuesday.',
  'The health visitor, Mrs Okafor, was pleased with us.',
  'We went to the fair at Whitcliffe Park Primary School and stayed calm.',
  'My sister rang from 07700 900123 and I did not shout.',
  'Since Kayleigh moved out it is quieter at home.',
  'Dr Prendergast says the sleep is better.',
] as const
export const helpedWords = [
  'Seeing it with my own eyes made the difference.',
  'It helped that nobody told me off.',
  'I still think about the moment with the ball.',
  'Having somebody to talk it over with.',
] as const
