import type { QuestionType, ValueType } from '@attune/forms'

/** What a type of the survey sheet becomes: the control in the body (none for what is never shown) and the attributes of its bind. */
export type TypeRule = {
  readonly question: QuestionType
  readonly tag?: 'input' | 'select1' | 'select' | 'odk:rank' | 'upload' | 'trigger' | 'range' | 'action'
  readonly mediatype?: string
  readonly bind?: { readonly [attribute: string]: string }
  readonly hint?: string
}

const input = (question: QuestionType, type: ValueType): TypeRule => ({ question, tag: 'input', bind: { type } })
const upload = (question: QuestionType, mediatype: string): TypeRule => ({ question, tag: 'upload', mediatype, bind: { type: 'binary' } })
const property = (name: string): TypeRule => ({
  question: 'preload',
  bind: { type: 'string', 'jr:preload': 'property', 'jr:preloadParams': name },
})
const timestamp = (name: string): TypeRule => ({
  question: 'preload',
  bind: { type: 'dateTime', 'jr:preload': 'timestamp', 'jr:preloadParams': name },
})
const counted = (most: number, isDays: boolean): TypeRule => ({
  question: 'integer',
  tag: 'input',
  bind: { type: 'int', constraint: `0 <= . and . <= ${most}` },
  ...(isDays ? { hint: `Enter a number 0-${most}.` } : {}),
})

const text = input('text', 'string')
const integer = input('integer', 'int')
const decimal = input('decimal', 'decimal')
const date = input('date', 'date')
const dateTime = input('dateTime', 'dateTime')
const geopoint = input('geopoint', 'geopoint')
const barcode = input('barcode', 'barcode')
const photo = upload('image', 'image/*')
const audio = upload('audio', 'audio/*')
const video = upload('video', 'video/*')
const file = upload('file', 'application/*')
const note: TypeRule = { question: 'note', tag: 'input', bind: { readonly: 'true()', type: 'string' } }
const acknowledge: TypeRule = { question: 'acknowledge', tag: 'trigger', bind: { type: 'string' } }
const selectOne: TypeRule = { question: 'select-one', tag: 'select1', bind: { type: 'string' } }
const selectMultiple: TypeRule = { question: 'select-multiple', tag: 'select', bind: { type: 'string' } }
const calculate: TypeRule = { question: 'calculate', bind: { type: 'string' } }
const today: TypeRule = { question: 'preload', bind: { type: 'date', 'jr:preload': 'date', 'jr:preloadParams': 'today' } }

/** Every type word of the language, aliases and the words of older forms among them. */
export const questionTypes: ReadonlyMap<string, TypeRule> = new Map(
  Object.entries({
    text,
    string: text,
    'q string': text,
    'add text prompt': text,
    integer,
    int: integer,
    'q int': integer,
    'add integer prompt': integer,
    decimal,
    'q decimal': decimal,
    'add decimal prompt': decimal,
    date,
    'q date': date,
    'add date prompt': date,
    time: input('time', 'time'),
    dateTime,
    datetime: dateTime,
    'date time': dateTime,
    'q date time': dateTime,
    'q dateTime': dateTime,
    'add date time prompt': dateTime,
    'add dateTime prompt': dateTime,
    percentage: counted(100, false),
    'number of days in last month': counted(31, true),
    'number of days in last six months': counted(183, true),
    'number of days in last year': counted(365, true),
    'phone number': { question: 'text', tag: 'input', bind: { type: 'string', constraint: "regex(., '^\\d*$')" }, hint: 'Enter numbers only.' },
    'select one': selectOne,
    'select all that apply': selectMultiple,
    rank: { question: 'rank', tag: 'odk:rank', bind: { type: 'odk:rank' } },
    range: { question: 'range', tag: 'range', bind: { type: 'int' } },
    note,
    'q note': note,
    'add note prompt': note,
    acknowledge,
    'q acknowledge': acknowledge,
    'add acknowledge prompt': acknowledge,
    trigger: { question: 'acknowledge', tag: 'trigger' },
    calculate,
    'q calculate': calculate,
    'add calculate prompt': calculate,
    hidden: { question: 'hidden', bind: { type: 'string' } },
    photo,
    'q picture': photo,
    'q image': photo,
    audio,
    'q audio': audio,
    video,
    'q video': video,
    file,
    barcode,
    'q barcode': barcode,
    'add barcode prompt': barcode,
    geopoint,
    gps: geopoint,
    location: geopoint,
    'q geopoint': geopoint,
    'q location': geopoint,
    'add location prompt': geopoint,
    geoshape: input('geoshape', 'geoshape'),
    'q geoshape': input('geoshape', 'geoshape'),
    geotrace: input('geotrace', 'geotrace'),
    'q geotrace': input('geotrace', 'geotrace'),
    'start-geopoint': { question: 'preload', tag: 'action', bind: { type: 'geopoint' } },
    'background-geopoint': { question: 'preload', tag: 'trigger', bind: { type: 'geopoint' } },
    'background-audio': { question: 'preload', tag: 'action', bind: { type: 'binary' } },
    audit: { question: 'preload', bind: { type: 'binary' } },
    start: timestamp('start'),
    'start time': timestamp('start'),
    'get start time': timestamp('start'),
    end: timestamp('end'),
    'end time': timestamp('end'),
    'get end time': timestamp('end'),
    today,
    'get today': today,
    deviceid: property('deviceid'),
    'device id': property('deviceid'),
    'get device id': property('deviceid'),
    subscriberid: property('subscriberid'),
    'subscriber id': property('subscriberid'),
    'get subscriber id': property('subscriberid'),
    simserial: property('simserial'),
    'sim id': property('simserial'),
    'get sim id': property('simserial'),
    phonenumber: property('phonenumber'),
    'get phone number': property('phonenumber'),
    username: property('username'),
    email: property('email'),
    'uri:deviceid': property('uri:deviceid'),
    'uri:subscriberid': property('uri:subscriberid'),
    'uri:simserial': property('uri:simserial'),
    'uri:phonenumber': property('uri:phonenumber'),
    'uri:username': property('uri:username'),
    'uri:email': property('uri:email'),
  } satisfies { [type: string]: TypeRule }),
)

/** Words that mean another type exactly, its parameters and advice included. */
export const typeAliases: ReadonlyMap<string, string> = new Map(
  Object.entries({
    imei: 'deviceid',
    image: 'photo',
    'add image prompt': 'photo',
    'add photo prompt': 'photo',
    'add audio prompt': 'audio',
    'add video prompt': 'video',
    'add file prompt': 'file',
  }),
)

/** Types that only name an attached file, to be read by expressions. */
export const attachedFileTypes: ReadonlyMap<string, 'csv' | 'xml'> = new Map([
  ['csv-external', 'csv'],
  ['xml-external', 'xml'],
])

/** Types of phones that no longer exist: only old Android versions fill them. */
export const retiredTypes: ReadonlySet<string> = new Set(['subscriberid', 'simserial'])

export type SelectCommand = { readonly type: 'select one' | 'select all that apply' | 'rank'; readonly fromFile: boolean }

/** The words before a list name, longest first where one begins another. */
export const selectCommands: ReadonlyMap<string, SelectCommand> = new Map(
  Object.entries({
    'add select one prompt using': { type: 'select one', fromFile: false },
    'add select multiple prompt using': { type: 'select all that apply', fromFile: false },
    'select all that apply from': { type: 'select all that apply', fromFile: false },
    'select one from': { type: 'select one', fromFile: false },
    select1: { type: 'select one', fromFile: false },
    select_one: { type: 'select one', fromFile: false },
    'select one': { type: 'select one', fromFile: false },
    select_multiple: { type: 'select all that apply', fromFile: false },
    'select all that apply': { type: 'select all that apply', fromFile: false },
    select_one_from_file: { type: 'select one', fromFile: true },
    select_multiple_from_file: { type: 'select all that apply', fromFile: true },
    'select one from file': { type: 'select one', fromFile: true },
    'select multiple from file': { type: 'select all that apply', fromFile: true },
    rank: { type: 'rank', fromFile: false },
  } satisfies { [command: string]: SelectCommand }),
)
