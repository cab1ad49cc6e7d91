// One table per detector: what it has to find, what only looks like it, and other languages. Facts stand as [TYPE|words]; a line without any
// must stay quiet altogether. The same table runs in Node and in Chromium.
export type Cases = {
  readonly about: string
  readonly hits: readonly string[]
  readonly nearMisses: readonly string[]
  readonly otherLanguages: readonly string[]
}

export const cases: readonly Cases[] = [
  {
    about: 'people',
    hits: [
      'Spoke to [PERSON|Siobhán O’Neill] and [PERSON|Gruffydd] after lunch.',
      'we filmed [PERSON|kayleigh] and her nan',
      'RANG [PERSON|DARREN] TODAY',
      '[PERSON|Mrs Adeyemi-Cole] chaired.',
      '[PERSON|J.T.] was not in school.',
      '[PERSON|K Osei] to follow up.',
      '[PERSON|Grace] laughed and [PERSON|Will] waved.',
      '[PERSON|Gift] slept through our visit.',
      'Left a voicemail for [PERSON|Summer].',
      '[PERSON|nikkis] mum rang in tears',
      'Nain [PERSON|Eirlys] has them on Fridays.',
      'the twins are [PERSON|kobi] and [PERSON|zuri]',
      'Her cousin [PERSON|Storm] came for tea.',
      '[PERSON|Zelphine] smiled when dad waited.',
    ],
    nearMisses: [
      'Will this be enough? May I ask? Mark each goal from one to ten.',
      'Hope was expressed that the summer would be calmer.',
      'The Social Worker, the Health Visitor and Mum agreed.',
      'PHQ-9, GAD-7 and the Parenting Stress Index were repeated.',
      'Session 3 with Mum on a Tuesday in Year 4.',
      'Peppa Pig, the Gruffalo and Lego were all on the floor.',
      'A robin sat on the holly.',
      'definately calmer, recieved well',
    ],
    otherLanguages: ['Cawsom sgwrs gyda [PERSON|Heledd] am y clip.', 'Pani [PERSON|Agnieszka] minds the twins.', 'Mae’r babi yn hapus iawn heddiw.'],
  },
  {
    about: 'e-mail addresses, telephones and account names',
    hits: [
      'email [CONTACT|dad.of.three@example.org] please',
      'write to [CONTACT|amy at gmail dot com]',
      'ring [CONTACT|07700 900461] after four',
      '[CONTACT|+44 (0)7700 900111] is new',
      'landline [CONTACT|(029) 2018 0456]',
      'she is [CONTACT|@mummabear_22] on insta',
      'her page is [CONTACT|facebook.com/kayleighs.crew]',
    ],
    nearMisses: [
      'Scored 12 then 15.',
      'We met @ the centre.',
      '10 am to 11.30 am',
      'The row on Facebook made things worse.',
      'Clip 07 was 900 seconds long.',
    ],
    otherLanguages: ['numer [CONTACT|+48 512 345 678]'],
  },
  {
    about: 'addresses and postcodes',
    hits: [
      'They live at [ADDRESS|27 Sycamore Drive].',
      'Drop off at [ADDRESS|Flat 6, Kingsmead House].',
      'moving to [ADDRESS|16 oakfield road] next month',
      'She has moved to [ADDRESS|Burnley].',
      'postcode is [POSTCODE|cf24 3aa]',
      '[POSTCODE|SW1A2AA] is the office',
    ],
    nearMisses: [
      'The road ahead is long.',
      'Two streets away from the park.',
      'We drove via Leeds.',
      'Goal 3 Way Forward agreed.',
      'Year 4 class 2ab',
    ],
    otherLanguages: ['New address [ADDRESS|5 Heol y Bryn]'],
  },
  {
    about: 'dates',
    hits: [
      'DOB [DATE|17/06/2019]',
      'Born [DATE|22nd August 2021], early.',
      'Seen on [DATE|3.2.2023]',
      'Order made [DATE|2021-11-05].',
      'Hearing on [DATE|July 21st, 2023]',
      'd.o.b [DATE|11 11 2017]',
    ],
    nearMisses: [
      'Rated 4/10 today.',
      'Every Friday works.',
      'In May 2020 things changed.',
      'Between January and March we met five times.',
      'They may march in.',
    ],
    otherLanguages: [],
  },
  {
    about: 'schools, surgeries, faith groups and workplaces',
    hits: [
      'He attends [ORG|Hillside Infant School].',
      'at [ORG|little stars nursery] mon to weds',
      '[ORG|Green Lane Masjid] is close by.',
      "He's at [ORG|St Mary's] now.",
      'Dad is a chef at [ORG|The Golden Lion].',
      'Registered with [ORG|Willowbrook Medical Practice].',
    ],
    nearMisses: [
      'The nursery is kind.',
      'A high school place was found.',
      'Children’s Services have closed.',
      'The Family Hub was shut so we used the Library.',
    ],
    otherLanguages: ['[ORG|Ysgol Bro Teifi] has a place.'],
  },
  {
    about: 'numbers somebody is kept under',
    hits: [
      'NHS number [ID|943 476 5919].',
      'NINO [ID|AB 12 34 56 D]',
      'Case ref [ID|LCS-0045127]',
      'UPN [ID|A823432112001] on file',
      'Liquidlogic ID [ID|1048823]',
      'Car is [ID|YK19 ABF].',
    ],
    nearMisses: ['CORE-10 went from 22 to 14.', 'Score of 123456 views is wrong.', 'SDQ 18, Karitane 39, clip 3.', '£20 voucher given.'],
    otherLanguages: [],
  },
  {
    about: 'facts the law guards more closely',
    hits: [
      'Mum is [SPECIAL|bipolar] and tired.',
      'Dad is [SPECIAL|in prison].',
      'Her uncle got a [SPECIAL|sentence for arson].',
      'He [SPECIAL|pleaded guilty] in spring.',
      '[PERSON|siobhan] [SPECIAL|is a traveller] and proud',
      'Mum is a [SPECIAL|shop steward].',
      'She is a [SPECIAL|Unison rep].',
      'MUM HAD [SPECIAL|PRE-ECLAMPSIA], BED REST',
      'They are [SPECIAL|seeking asylum].',
      'She takes [SPECIAL|sertraline].',
      'Mum is [SPECIAL|Nigerian].',
    ],
    nearMisses: [
      'She used the black pen.',
      'Polish food was shared.',
      'Mum felt anxious and low.',
      'The Methodist Hall was free.',
      'English lessons start soon.',
      'A long sentence for a small boy.',
      'The traveller tale was read out.',
    ],
    otherLanguages: [],
  },
]
