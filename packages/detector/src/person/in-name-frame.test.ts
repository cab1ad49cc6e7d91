import { describe, expect, it } from 'vitest'
import { detect } from '../detect.ts'

const people = (text: string) =>
  detect(text)
    .filter(({ type }) => type === 'PERSON')
    .map(({ start, end }) => text.slice(start, end))

describe('a name that is a word, without its capital', () => {
  it.each([
    ['the baby, hope, turned to the voice', 'hope'],
    ['her worker, angel, is leaving', 'angel'],
    ['dr bell wrote to us again', 'bell'],
    ['could you let grace know?', 'grace'],
    ['told daisy the plan', 'daisy'],
    ['feedback given to comfort, who cried', 'comfort'],
    ['robin and his sister enjoyed it', 'robin'],
    ['please could poppy be seen soon', 'poppy'],
    ['clip shows hazel reaching for the cup', 'hazel'],
    ['ivy is five and likes trains', 'ivy'],
    ['mum left because jay was at work', 'jay'],
    ['met with holly and the school', 'holly'],
    ['gran wants lily to stay with her', 'lily'],
    ['every time rose cried, he looked at the door', 'rose'],
    ["we looked at hunter's cues", 'hunter'],
    ['enjoyed watching poppy roll the ball', 'poppy'],
    ['hearing may giggle made him smile', 'may'],
    ['mum filmed mercy stirring the pot', 'mercy'],
    ['we asked june whether she had seen it', 'june'],
    ['her daughter may was asleep', 'may'],
    ['met hazel and baby river at the hub', 'river'],
    ['bill filled in the form with mum', 'bill'],
    ['jade wore the jade dress', 'jade'],
    ['champ called himself the boss', 'champ'],
    ['he ate and dawn had a wee nap', 'dawn'],
    ['hope was full of beans', 'hope'],
    ['rang twice, florin had been at the dentist', 'florin'],
    ['pearl put on her beads', 'pearl'],
    ['dawn was up at six with the baby', 'dawn'],
    ['seen summer with her gran', 'summer'],
    ['mum took jade and amber to the swings', 'amber'],
    ['he was cross with mercy', 'mercy'],
    ['li and bo took turns with the drum', 'bo'],
    ['mark can do tuesdays', 'mark'],
    ['rob is back off the rigs', 'rob'],
    ['hope was in a good mood', 'hope'],
    ['gaz and shell split up', 'shell'],
    ['can dawn do thursday instead', 'dawn'],
    ['school say autumn was poorly', 'autumn'],
    ['mum thinks angel hears better on the left', 'angel'],
    ['nan collects sky on mondays', 'sky'],
    ['the clip where hope strokes his cheek', 'hope'],
    ['miracle will not settle for dad', 'miracle'],
    ['left msg for gift', 'gift'],
    ['when pearl stops, she looks up', 'pearl'],
    ['seen at home: jewel, mum, aunt', 'jewel'],
    ['wale and kunle are cousins', 'wale'],
    ['saw gladys with ernest and comfort', 'comfort'],
    ['Sunday drops the girls at school', 'Sunday'],
    ['Favour, 3, lines up the cars', 'Favour'],
    ['Min and Ho took turns', 'Min'],
    ['Marvellous has started to wait for his turn', 'Marvellous'],
    ['Happy has reflux and is on gaviscon', 'Happy'],
    ['Love is her first daughter', 'Love'],
    ['Endurance and Prosper shared a plate', 'Endurance'],
    ['Rose rose early', 'Rose'],
    ['Star is nearly two', 'Star'],
  ])('is seen where only somebody can stand: %s', (text, name) => {
    expect(people(text).some((found) => found.includes(name))).toBe(true)
  })

  it.each([
    'she felt joy watching him play',
    'there is hope, and there is time',
    'a lot of patience is needed',
    'we watched the sky turning grey',
    'the rose was at home in the pot',
    'he wants peace to think',
    'i told him that grace is a gift',
    'proud of the progress',
    'faith in her own ideas grew',
    'the spring term and his next steps',
    'they may be seen in june',
    'she will be five in may',
    'mum filled in the grant form',
    'watching hope grow is the best part',
    'loved watching rain fall on the window',
    'the baby sky blue blanket',
    'april and may were hard months',
    'sky full of stars',
    'do and go are his new words',
    'saw heather and gorse on the walk',
    'he is okey with it, at the ned',
    'van would not start',
    'jasmine tea and rowan berries',
    'heather on the hill',
    'the patience it took',
    'mum may may not come',
    'Today is her birthday.',
    'Hope is two steps away.',
    'Goal, 3, is next.',
  ])('is left alone where it is a word: %s', (text) => expect(people(text)).toEqual([]))
})

describe('a name at the head of a sentence that is a thing there', () => {
  it.each([
    'Olive got squashed, nobody minded.',
    'June works for everyone.',
    'Victor in every race.',
    'Heather, gorse and mud on the buggy.',
    'Bonnie wee moment there.',
    'Wil bring the tripod.',
    'Thusrday is fine, said Grnadad.',
    'Sib x2 present, spare batt in the bag.',
  ])('%s', (text) => expect(people(text)).toEqual([]))

  it.each(['Olive got up late.', 'June works at the shop.', 'Heather, her mum and dad came.', 'Bonnie laughed.', 'Wil and his mum came.'])(
    'and is somebody elsewhere: %s',
    (text) => expect(people(text)).not.toEqual([]),
  )
})
