// Initials as workers write them, and the abbreviations of the sector and of every day that are nobody's.
import { describe, expect, it } from 'vitest'
import { readMarked } from '../../test/read-marked.ts'
import { detect } from '../detect.ts'

const found = (text: string): string[] =>
  detect(text)
    .filter(({ type }) => type === 'PERSON')
    .map(({ start, end }) => text.slice(start, end))

describe('initials that stand for somebody', () => {
  it.each([
    '[P|RB] slept through, [P|TJ] awake and cooing',
    'Saw [P|KB] and her mum at the hub.',
    '[P|MK] and [P|JK] built the tower together.',
    'Joint visit w/ [P|PL] re plan',
    "[P|LN]'s cue at 0:42 was missed, then [P|LN] and dad both laughed",
    'mum says [P|HK] wont settle',
    '[P|GR] (mum) chose clip 2',
    'Feedback to [P|YL] on Thurs',
    '[P|ZK] is 3 and loves the drum',
    '[P|JR] & [P|BR] on floor, sharing bricks',
    '[P|NK] to ring school',
    '[P|XY] too tired to film',
    '[P|CW] looks at [P|VR] and waits',
    '[P|J.] pointed and [P|S.] followed his finger.',
    'Gave the cup to [P|M.] who drank.',
    'Film of [P|R.] with his dad.',
    "[P|A.O'B.] came with [P|C.McD.] today.",
    '[P|F.J.] rang to cancel, [P|D.S.K.] agreed.',
    // Pairs that are abbreviations elsewhere.
    '[P|EC] slept on dad while he read',
    '[P|DC] held [P|SC] close and hummed',
    '[P|HC] and [P|EB] shared the drum',
    '[P|AB] and [P|CE] chased the bubbles',
    'soothed by [P|NE] at once',
    '[P|RA] less tearful than at review 1',
    '[P|HB] named what she saw for [P|NE]: "a red bus"',
    'Lovely pause from [P|NS], [P|AD] filled it with a smile',
    "[P|EM]'s face lit up, [P|EM] clapped",
    // Family names that start with two capitals, letters known as a job's.
    '[P|KMcA] and [P|T] on the rug',
    '[P|DMcG] offered the ball, [P|L] cooing',
    "[P|RO'D] rang about friday",
    '[P|A.St.J.] drew a picture of the garden.',
    '[P|M.C.] and [P|G.P.] built a den',
    // One letter where nothing makes it a label.
    '[P|A] came in with her mum.',
    '[P|D] was asleep on arrival.',
    'Plan: [P|F] to choose the toy.',
    '[P|S] (4) and [P|L] (2) at home today.',
    '[P|M] 18/12, walking',
    '[P|T] - tired today',
    'when [P|K] cried [P|L] picked him up',
    'we showed [P|E] the clip',
    'Clip 2: [P|E] hands the cup to mum.',
    'both [P|J] and [P|T] were filmed',
    '[P|U] hummed, mum hummed.',
    // Where one goes by letters, others do; and pairs where a name would stand.
    '[P|MT] attended with baby [P|J]',
    "[P|AR] noticed [P|FR]'s cue.",
    'Home visit to [P|GK], all well.',
    '[P|KM] giggled at herself.',
    "[P|HW]'s dad joined by phone.",
    '[P|LH] - calm, bright, lots of eye contact',
  ])('%s', (marked) => {
    const { text, spans } = readMarked(marked)
    expect(found(text).map((name) => name.replace(/\.$/, ''))).toEqual(spans.map(({ start, end }) => text.slice(start, end).replace(/\.$/, '')))
  })
})

describe('capitals that stand for nobody', () => {
  it.each([
    'TA and HV to attend CIN mtg; EHCP due.',
    'SW, HV, FSW all invited. SW sent apols.',
    'PEP and LAC review moved to Fri PM.',
    'Filmed in HD, saved as MP4 on the USB.',
    'CPN visited, DN visited, OT report in.',
    'UC claim in, PIP refused, DLA awarded.',
    'The TV was on. The PE kit was lost.',
    'OK with mum to share w/ HV.',
    'QR code on leaflet, TBC w/ EH.',
    'Plan B worked; A and B were both tried.',
    'He got an A in PE and a B in RE.',
    'Q and A at the end, R and R for mum.',
    'M&S bag, B&M bargain, A&E twice.',
    'NO concerns. ALL good. SO proud.',
    'The TAC agreed and the LA was told.',
    'Her DSL informed the GP; YC group starts, EC form sent.',
    'EH and HV to agree a date.',
    'SW held the meeting at the HC.',
    'CS and HB both on the form.',
    'SC meeting moved, DC to confirm.',
    'HC more expensive than last year, says the list.',
    'The SE corner of the room is dark.',
    'G.P. and H.V. both told.',
    'MS Teams call at two.',
    'Part A done, part B next week, vitamin D drops given.',
    'A long wait, a short clip. A loved one rang.',
    'The chart went from A to Z.',
    'T shirt wet, U turn on the road, X marks the spot.',
    'She sang A B C, then A, B and C again.',
    'Triple P was tried, E. coli ruled out, D&V in the house.',
    'Score 5 C, row F, key B, letter J.',
    'A is for apple, he said.',
  ])('%s', (text) => expect(found(text)).toEqual([]))
})
