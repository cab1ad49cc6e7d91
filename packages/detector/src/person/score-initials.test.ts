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
  ])('%s', (text) => expect(found(text)).toEqual([]))
})
