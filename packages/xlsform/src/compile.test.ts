import { JSDOM } from 'jsdom'
import { describe, expect, it } from 'vitest'
import { compile, readMarkdown } from './index.ts'

const { window } = new JSDOM('')

function formOf(md: string) {
  const result = compile(readMarkdown(md), { fileName: 'visit.md' })
  if (!result.ok) throw new Error(result.issues.map(({ code, cell, message }) => `${code} ${cell}: ${message}`).join('\n'))
  const parsed = new window.DOMParser().parseFromString(result.xml, 'text/xml')
  const all = (name: string) => Array.from(parsed.getElementsByTagName(name))
  const attributes = (element: Element | undefined) => Object.fromEntries(Array.from(element?.attributes ?? [], ({ name, value }) => [name, value]))
  return {
    ...result,
    all,
    bind: (path: string) => attributes(all('bind').find((bind) => bind.getAttribute('nodeset') === path)),
    attributes,
    texts: (language: string) =>
      Object.fromEntries(
        all('translation')
          .filter((one) => one.getAttribute('lang') === language)
          .flatMap((one) =>
            Array.from(one.children, (text) => [text.id, Array.from(text.children, (value) => [value.getAttribute('form'), value.textContent])]),
          ),
      ),
  }
}

const survey = (columns: string, ...rows: string[]) => ['| survey |', `| | ${columns} |`, ...rows.map((row) => `| | ${row} |`)].join('\n')

describe('choices from earlier answers', () => {
  it('are filtered by other questions too, also where their names begin like the repeat', () => {
    const form = formOf(
      survey(
        'type | name | label | choice_filter',
        'text | kid_kind | Kind | |',
        'integer | kids | How many | |',
        'begin repeat | kid | Kid | |',
        'text | kid_name | Name | |',
        'integer | kid_age | Age | |',
        'end repeat | | | |',
        "select one ${kid_name} | pick | Pick | ${kid_age} > ${kids} and ${kid_kind} != ''",
      ),
    )
    expect(form.all('itemset')[0]?.getAttribute('nodeset')?.replace(/\s+/g, ' ')).toBe("/data/kid[ ./kid_age > /data/kids and /data/kid_kind != '']")
  })
})

describe('a fixed default', () => {
  it.each([
    ['2026-02-28', []],
    ['2026-02-30', ['default-not-type']],
    ['2026-2-1', ['default-not-type']],
  ])('of a date, %s, is looked up in the calendar', (text, codes) => {
    const form = formOf(survey('type | name | label | default', `date | a | A | ${text}`))
    expect(form.warnings.map(({ code }) => code)).toEqual(codes)
  })
})

describe('settings', () => {
  it('without any, the form takes its id and title from the file, and the record is called data', () => {
    const form = formOf(survey('type | name | label', 'text | a | A'))
    expect([form.outline.formId, form.outline.title, form.outline.rootName, form.all('data')[0]?.id]).toEqual(['visit', 'visit', 'data', 'visit'])
  })

  it('id, version, style, name of the record and name of each instance are kept', () => {
    const form = formOf(
      `${survey('type | name | label', 'text | a | A')}\n| settings |\n| | form_id | version | style | name | instance_name | form_title |\n| | f1 | 2 | pages | visit | \${a} | First visit |`,
    )
    expect(form.attributes(form.all('visit')[0])).toMatchObject({ id: 'f1', version: '2' })
    expect(form.all('h:body')[0]?.getAttribute('class')).toBe('pages')
    expect(form.bind('/visit/meta/instanceName')['calculate']).toBe(' /visit/a ')
    expect(form.outline).toMatchObject({ title: 'First visit', style: ['pages'], instanceName: '${a}' })
  })
})

describe('binds', () => {
  it('yes and no become expressions, references become paths', () => {
    const form = formOf(
      survey(
        'type | name | label | required | read_only | relevant | constraint',
        'integer | a | A | yes | No | | . > 0',
        "text | b | B | ${a} > 1 | | ${a} = '2' |",
      ),
    )
    expect(form.bind('/data/a')).toMatchObject({ type: 'int', required: 'true()', readonly: 'false()', constraint: '. > 0' })
    expect(form.bind('/data/b')).toMatchObject({ required: ' /data/a  > 1', relevant: " /data/a  = '2'" })
  })

  it('messages with an answer inside go through the translations', () => {
    const form = formOf(survey('type | name | label | constraint | constraint_message', "text | a | A | . != '' | Not ${a}!"))
    expect(form.bind('/data/a')['jr:constraintMsg']).toBe("jr:itext('/data/a:jr:constraintMsg')")
    expect(form.texts('default')['/data/a:jr:constraintMsg']?.[0]?.[1]).toContain('Not')
  })
})

describe('repeats', () => {
  const rows = [
    'begin repeat | r | R |',
    'text | a | A | ',
    'calculate | b | | ${a} + 1',
    'begin group | g | G |',
    'calculate | c | | ${a} + ${b}',
    'end group | | |',
    'end repeat | | |',
    'calculate | d | | sum(${b})',
  ]

  it('inside one, paths are relative; from outside, absolute', () => {
    const form = formOf(survey('type | name | label | calculation', ...rows))
    expect([form.bind('/data/r/b')['calculate'], form.bind('/data/r/g/c')['calculate'], form.bind('/data/d')['calculate']]).toEqual([
      ' ../a  + 1',
      ' ../../a  +  ../../b ',
      'sum( /data/r/b )',
    ])
  })

  it('the record holds a template and a first instance', () => {
    expect(
      formOf(survey('type | name | label | calculation', ...rows))
        .all('r')
        .map((element) => element.hasAttribute('jr:template')),
    ).toEqual([true, false])
  })

  it('a counted repeat counts by a question of its own, unless a question is named', () => {
    const form = formOf(
      survey(
        'type | name | label | repeat_count',
        'integer | n | N |',
        'begin repeat | r | R | ${n} * 2',
        'text | a | A |',
        'end repeat | | |',
        'begin repeat | s | S | ${n}',
        'text | b | B |',
        'end repeat | | |',
      ),
    )
    expect(form.all('repeat').map((repeat) => repeat.getAttribute('jr:count'))).toEqual([' /data/r_count ', ' /data/n '])
    expect(form.bind('/data/r_count')['calculate']).toBe(' /data/n  * 2')
  })

  it('a computed default is set when the form starts and for each new instance', () => {
    const form = formOf(survey('type | name | label | default', 'begin repeat | r | R |', 'date | day | Day | today()', 'end repeat | | |'))
    expect(form.all('setvalue').map((action) => [action.getAttribute('event'), action.parentElement?.tagName])).toEqual([
      ['odk-instance-first-load', 'model'],
      ['odk-new-repeat', 'repeat'],
    ])
  })
})

describe('words', () => {
  it('each language has every text; what is missing is a hyphen', () => {
    const form = formOf(survey('type | name | label::English (en) | label::Cymraeg (cy) | hint::English (en)', 'text | a | Town | Tref | Where?'))
    expect(form.texts('Cymraeg (cy)')).toEqual({ '/data/a:label': [[null, 'Tref']], '/data/a:hint': [[null, '-']] })
    expect(form.outline.languages).toEqual(['English (en)', 'Cymraeg (cy)'])
  })

  it('guidance stands beside the hint under the same id, marked as guidance, and apart in the outline', () => {
    const form = formOf(survey('type | name | label | hint | guidance_hint', 'text | a | A | Short | Ask it slowly'))
    expect(form.texts('default')['/data/a:hint']).toEqual([
      [null, 'Short'],
      ['guidance', 'Ask it slowly'],
    ])
    expect(form.outline.children[0]).toMatchObject({ hint: { default: 'Short' }, guidance: { default: 'Ask it slowly' } })
  })

  it('a label is escaped, and an answer in it is an output', () => {
    const form = formOf(survey('type | name | label', 'text | a | A', 'note | b | 1 < 2 & ${a}!'))
    const label = form.all('label').at(-1)
    expect([label?.textContent, label?.querySelector('output')?.getAttribute('value')]).toEqual([' 1 < 2 & ! ', ' /data/a '])
  })

  it('a lookup in a label becomes an output, with comparison signs as they are', () => {
    const form = formOf(
      `${survey('type | name | label', "note | b | It is instance('t')/root/item[name < 5]/label now")}\n| choices |\n| | list_name | name | label |\n| | t | 1 | One |`,
    )
    expect(form.all('output')[0]?.getAttribute('value')).toBe("instance('t')/root/item[name < 5]/label")
  })

  it('round quotes become straight, runs of spaces one', () => {
    const form = formOf(survey('type | name | label | relevant', 'text | a | It’s   “it” |', 'text | b | B | ${a} = ‘x’'))
    expect([form.outline.children[0]?.label['default'], form.bind('/data/b')['relevant']]).toEqual([`It's "it"`, " /data/a  = 'x'"])
  })
})

describe('what other programs let through', () => {
  it('a group without a question is left out of what people see, with a warning at its row', () => {
    const result = compile(readMarkdown('| survey |\n| | type | name | label |\n| | text | a | A |\n| | begin group | g | G |\n| | end group | | |'))
    if (!result.ok) throw new Error('The form should compile.')
    expect(result.warnings.map(({ code, cell }) => `${code} ${cell}`)).toEqual(['group-empty A3'])
    expect(result.xml).toContain('<g/>')
    expect(result.xml).not.toContain('<group')
    expect(result.outline.children).toHaveLength(1)
  })

  it('a hint of a group needs no words in the translations, unless it has languages', () => {
    const of = (suffix: string) =>
      formOf(
        `| survey |\n| | type | name | label${suffix} | hint${suffix} | guidance_hint${suffix} |\n| | begin group | g | G | H | GH |\n| | text | a | A | | |\n| | end group | | | | |`,
      ).xml
    expect(of('')).not.toContain('GH')
    expect(of('::Cymraeg (cy)')).toContain('<value>H</value>')
    expect(of('::Cymraeg (cy)')).not.toContain('GH')
  })

  it('a column of choices with a single colon never becomes an element nobody can read', () => {
    const result = compile(
      readMarkdown(
        '| survey |\n| | type | name | label |\n| | select_one c | q | Q |\n| choices |\n| | list_name | name | label::en | label:fr |\n| | c | a | A | B |',
      ),
    )
    if (!result.ok) throw new Error('The form should compile.')
    expect(result.xml).not.toContain('label:fr')
    expect(result.warnings.map(({ code, column }) => `${code} ${column}`)).toContain('choices-header-not-allowed label:fr')
  })
})

describe('choices', () => {
  const yn = '\n| choices |\n| | list_name | name | label | colour |\n| | yn | y | Yes | red |\n| | yn | n | No | |'

  it('a filter stands in the path to the list, anchored at the question', () => {
    const form = formOf(
      survey(
        'type | name | label | choice_filter',
        'begin repeat | r | R |',
        'text | c | C |',
        'select_one yn | a | A | colour = ${c}',
        'end repeat | | |',
      ) + yn,
    )
    expect(form.all('itemset')[0]?.getAttribute('nodeset')).toBe("instance('yn')/root/item[colour =  current()/../c ]")
  })

  it('or_other adds a choice and a question that asks for it', () => {
    const form = formOf(survey('type | name | label', 'select_multiple yn or_other | a | A') + yn)
    expect(form.outline.choices['yn']?.map(({ name }) => name)).toEqual(['y', 'n', 'other'])
    expect(form.bind('/data/a_other')['relevant']).toBe("selected(../a, 'other')")
  })

  it('a file is named where the form must find it', () => {
    const form = formOf(survey('type | name | label | parameters', 'select_one_from_file towns.csv | a | A | value=id label=Title'))
    expect(form.attributes(form.all('instance')[1])).toMatchObject({ id: 'towns', src: 'jr://file-csv/towns.csv' })
    expect(Array.from(form.all('itemset')[0]?.children ?? [], (child) => child.getAttribute('ref'))).toEqual(['id', 'Title'])
    expect(form.outline.files).toEqual(['towns.csv'])
  })

  it('choices may be the answers of a repeat', () => {
    const form = formOf(survey('type | name | label', 'begin repeat | r | R', 'text | n | N', 'end repeat | |', 'select_one ${n} | a | A'))
    expect(form.all('itemset')[0]?.getAttribute('nodeset')).toBe("/data/r[./n != '']")
  })
})

describe('actions', () => {
  it('a calculation with a trigger runs when the trigger changes, and not as a bind', () => {
    const form = formOf(survey('type | name | label | trigger | calculation', 'text | a | A | |', 'dateTime | b | B | ${a} | now()'))
    expect(form.bind('/data/b')['calculate']).toBeUndefined()
    expect(form.attributes(form.all('setvalue')[0])).toEqual({ ref: '/data/b', event: 'xforms-value-changed', value: 'now()' })
    expect(form.all('setvalue')[0]?.parentElement?.getAttribute('ref')).toBe('/data/a')
  })
})

describe('the outline', () => {
  it('keeps what the author wrote, row by row', () => {
    const { outline } = formOf(
      survey(
        'type | name | label | relevant | required | appearance | parameters',
        'begin group | g | G | | | field-list |',
        'range | a | A | ${a} > 1 | yes | vertical | start=0 end=1 step=0.5',
        'end group | | | | | |',
      ).replace('${a} > 1', ". != ''"),
    )
    expect(outline.children[0]).toMatchObject({ kind: 'group', row: 2, appearance: ['field-list'] })
    expect(outline.children[0]).toMatchObject({
      children: [
        {
          name: 'a',
          path: '/data/g/a',
          type: 'range',
          valueType: 'decimal',
          required: true,
          relevant: ". != ''",
          parameters: { start: '0', end: '1', step: '0.5' },
          row: 3,
        },
      ],
    })
  })
})
