import type { IssueCode } from './issue-catalogue.ts'

/** A form with one fault: the code it gives, the sheet, row and column it points at, and the sheets as Markdown. */
export type IssueExample = readonly [code: IssueCode, sheet: string, row: number, column: string, ...lines: string[]]

export const yesNo = ['| choices |', '| | list_name | name | label |', '| | yn | y | Yes |', '| | yn | n | No |']
export const question = ['| survey |', '| | type | name | label |', '| | text | a | A |']
export const withColumn = (column: string): string[] => ['| survey |', `| | type | name | label | ${column} |`]

// prettier-ignore
export const sheetExamples: readonly IssueExample[] = [
  ['survey-sheet-missing', 'survey', 1, '', '| surveys |', '| | type |', '| choices |', '| | list_name |'],
  ['sheet-name-similar', 'setting', 1, '', ...question, '| setting |', '| | form_id |', '| | f |'],
  ['header-missing', 'survey', 1, 'type', '| survey |', '| | name | label |', '| | a | A |'],
  ['header-missing', 'choices', 1, 'name', ...question, '| choices |', '| | list_name | label |', '| | yn | Yes |'],
  ['header-twice', 'survey', 1, 'relevance', ...withColumn('relevant | relevance'), '| | text | a | A | | |'],
  ['choices-header-not-allowed', 'choices', 1, 'my note', ...question, '| choices |', '| | list_name | name | label | my note |', '| | yn | y | Yes | x |'],
  ['formula-error', 'survey', 2, 'label', ...question.slice(0, 2), '| | text | a | #REF! |'],
  ['form-id-twice', 'settings', 1, 'id_string', ...question, '| settings |', '| | form_id | id_string |', '| | a | b |'],
  ['public-key-unsupported', 'settings', 2, 'public_key', ...question, '| settings |', '| | public_key |', '| | MIIB |'],
  ['type-missing', 'survey', 3, 'type', ...question.slice(0, 2), '| | text | a | A |', '| | | b | B |'],
  ['type-unknown', 'survey', 2, 'type', ...question.slice(0, 2), '| | txet | a | A |'],
  ['type-retired', 'survey', 2, 'type', ...question.slice(0, 2), '| | simserial | a | |'],
  ['osm-unsupported', 'survey', 2, 'type', ...question.slice(0, 2), '| | osm | a | A |'],
  ['loop-unsupported', 'survey', 2, 'type', ...question.slice(0, 2), '| | begin loop over yn | a | A |', '| | text | b | B |', '| | end loop | | |', ...yesNo],
  ['external-select-unsupported', 'survey', 2, 'type', ...question.slice(0, 2), '| | select_one_external towns | a | A |'],
  ['search-unsupported', 'survey', 2, 'appearance', ...withColumn('appearance'), "| | select_one yn | a | A | search('towns') |", ...yesNo],
  ['row-skipped', 'survey', 3, 'type', ...withColumn('hint'), '| | text | a | A | |', '| | | | | a remark |'],
  ['disabled-column', 'survey', 2, 'disabled', ...withColumn('disabled'), '| | text | a | A | no |'],
  ['name-missing', 'survey', 2, 'name', ...question.slice(0, 2), '| | text | | A |'],
  ['name-not-allowed', 'survey', 2, 'name', ...question.slice(0, 2), '| | text | my town | A |'],
  ['name-not-allowed', 'settings', 2, 'name', ...question, '| settings |', '| | name |', '| | 1st |'],
  ['name-prefix-unknown', 'survey', 2, 'name', ...question.slice(0, 2), '| | text | zz:a | A |'],
  ['attribute-not-allowed', 'survey', 2, 'bind::my way', ...withColumn('bind::my way'), '| | text | a | A | x |'],
  ['name-twice', 'survey', 3, 'name', ...question, '| | text | a | Again |'],
  ['name-nearly-twice', 'survey', 3, 'name', ...question, '| | text | A | Again |'],
  ['name-meta', 'survey', 2, 'name', ...question.slice(0, 2), '| | text | meta | A |'],
  ['generated-name-taken', 'survey', 3, 'repeat_count', ...withColumn('repeat_count'), '| | text | r_count | A | |', '| | begin repeat | r | R | 3 |', '| | text | b | B | |', '| | end repeat | | | |'],
  ['repeat-name-is-root', 'survey', 2, 'name', ...question.slice(0, 2), '| | begin repeat | data | R |', '| | text | b | B |', '| | end repeat | | |'],
  [
    'repeat-name-twice', 'survey', 6, 'name', ...question.slice(0, 2), '| | begin repeat | r | R |', '| | text | b | B |', '| | end repeat | | |', '| | begin group | g | G |',
    '| | begin repeat | r | R |', '| | text | c | C |', '| | end repeat | | |', '| | end group | | |',
  ],
  ['audit-name', 'survey', 2, 'name', ...question.slice(0, 2), '| | audit | log | |'],
  ['begin-without-end', 'survey', 2, 'type', ...question.slice(0, 2), '| | begin group | g | G |', '| | text | b | B |'],
  ['end-without-begin', 'survey', 3, 'type', ...question, '| | end group | | |'],
  ['group-empty', 'survey', 3, 'type', ...question, '| | begin group | g | G |', '| | end group | | |'],
  ['label-missing', 'survey', 2, 'label', ...question.slice(0, 2), '| | text | a | |'],
  ['guidance-alone', 'survey', 2, 'label', ...withColumn('guidance_hint'), '| | text | a | | Ask slowly |'],
  ['repeat-without-label', 'survey', 2, 'label', ...question.slice(0, 2), '| | begin repeat | r | |', '| | text | b | B |', '| | end repeat | | |'],
  ['big-image-alone', 'survey', 2, 'big-image', ...withColumn('big-image'), '| | text | a | A | big.png |'],
  ['media-unknown', 'survey', 2, 'media::smell', ...withColumn('media::smell'), '| | text | a | A | rose |'],
  ['calculation-missing', 'survey', 2, 'calculate', ...question.slice(0, 2), '| | calculate | a | |'],
  ['translation-missing', 'survey', 1, '', ...withColumn('hint::Deutsch (de) | hint::Welsh (cy)').map((line) => line.replace('| label', '| label::Deutsch (de)')), '| | text | a | A | h | h |'],
  ['language-without-code', 'survey', 1, '', '| survey |', '| | type | name | label::Klingon |', '| | text | a | A |'],
]

// prettier-ignore
export const parameterExamples: readonly IssueExample[] = [
  ['parameters-not-pairs', 'survey', 2, 'parameters', ...withColumn('parameters'), '| | range | a | A | start 1 |'],
  ['parameter-unknown', 'survey', 2, 'parameters', ...withColumn('parameters'), '| | text | a | A | colour=red |'],
  ['parameter-not-one-of', 'survey', 2, 'parameters', ...withColumn('parameters'), '| | audio | a | A | quality=best |'],
  ['parameter-not-whole', 'survey', 2, 'parameters', ...withColumn('parameters'), '| | text | a | A | rows=few |'],
  ['parameter-not-number', 'survey', 2, 'parameters', ...withColumn('parameters'), '| | geopoint | a | A | capture-accuracy=good |'],
  ['image-without-max-pixels', 'survey', 2, 'parameters', ...withColumn('parameters'), '| | image | a | A | |'],
  ['app-name-not-allowed', 'survey', 2, 'parameters', ...withColumn('parameters'), '| | image | a | A | app=camera max-pixels=9 |'],
  ['audit-location-incomplete', 'survey', 2, 'parameters', ...withColumn('parameters'), '| | audit | | | location-priority=balanced |', '| | text | a | A | |'],
  ['audit-location-too-old', 'survey', 2, 'parameters', ...withColumn('parameters'), '| | audit | | | location-priority=balanced location-min-interval=9 location-max-age=8 |'],
  ['range-zero', 'survey', 2, 'parameters', ...withColumn('parameters'), '| | range | a | A | step=0 |'],
  ['range-too-large', 'survey', 2, 'parameters', ...withColumn('parameters'), '| | range | a | A | start=0 end=2 step=3 |'],
  ['range-not-multiple', 'survey', 2, 'parameters', ...withColumn('parameters'), '| | range | a | A | start=0 end=9 step=2 placeholder=3 |'],
  ['range-outside', 'survey', 2, 'parameters', ...withColumn('parameters'), '| | range | a | A | start=0 end=9 placeholder=12 |'],
  ['range-appearance', 'survey', 2, 'parameters', ...withColumn('parameters | appearance'), '| | range | a | A | placeholder=3 | rating |'],
  ['range-labels-missing', 'survey', 2, 'parameters', ...withColumn('parameters'), '| | range | a | A | tick_labelset=yn |'],
  ['range-label-not-number', 'survey', 2, 'parameters', ...withColumn('parameters'), '| | range | a | A | tick_labelset=yn |', ...yesNo],
  ['range-label-outside', 'survey', 2, 'parameters', ...withColumn('parameters'), '| | range | a | A | tick_labelset=t |', '| choices |', '| | list_name | name | label |', '| | t | 99 | Far |'],
  ['range-label-off-tick', 'survey', 2, 'parameters', ...withColumn('parameters'), '| | range | a | A | start=0 step=2 end=8 tick_labelset=t |', '| choices |', '| | list_name | name | label |', '| | t | 3 | Odd |'],
  [
    'range-labels-without-ticks', 'survey', 2, 'parameters', ...withColumn('parameters | appearance'), '| | range | a | A | start=0 end=8 tick_labelset=t | no-ticks |', '| choices |',
    '| | list_name | name | label |', '| | t | 3 | Mid |', '| | t | 8 | Top |',
  ],
  ['geometry-target-unknown', 'survey', 2, 'parameters', ...withColumn('parameters'), '| | geopoint | a | A | reference-geometry=parks |'],
  ['background-geopoint-trigger', 'survey', 2, 'trigger', ...withColumn('trigger'), '| | background-geopoint | a | | |'],
  ['background-geopoint-calculation', 'survey', 3, 'calculation', ...withColumn('trigger | calculation'), '| | text | a | A | | |', '| | background-geopoint | b | | ${a} | 1 |'],
  ['seed-without-randomize', 'survey', 2, 'parameters', ...withColumn('parameters'), '| | select_one yn | a | A | seed=3 |', ...yesNo],
  ['seed-not-number', 'survey', 2, 'parameters', ...withColumn('parameters'), '| | select_one yn | a | A | randomize=true seed=three |', ...yesNo],
]

// prettier-ignore
export const choiceExamples: readonly IssueExample[] = [
  ['choices-sheet-missing', 'survey', 2, 'type', ...question.slice(0, 2), '| | select_one yn | a | A |'],
  ['list-missing', 'survey', 2, 'type', ...question.slice(0, 2), '| | select_one ny | a | A |', ...yesNo],
  ['choice-name-missing', 'choices', 2, 'name', ...question, '| choices |', '| | list_name | name | label |', '| | yn | | Yes |'],
  ['choice-label-missing', 'choices', 2, 'label', ...question, '| choices |', '| | list_name | name | label |', '| | yn | y | |'],
  ['choice-name-twice', 'choices', 4, 'name', ...question, ...yesNo.slice(0, 3), '| | yn | n | No |', '| | yn | y | Yes |'],
  ['choice-name-space', 'choices', 2, 'name', ...question.slice(0, 2), '| | select_multiple t | a | A |', '| choices |', '| | list_name | name | label |', '| | t | New York | NY |'],
  ['select-file-extension', 'survey', 2, 'type', ...question.slice(0, 2), '| | select_one_from_file towns.pdf | a | A |'],
  [
    'choices-of-same-round', 'survey', 5, 'type', ...question.slice(0, 2), '| | begin repeat | r | R |', '| | begin repeat | s | S |', '| | text | n | N |', '| | select_one ${n} | a | A |',
    '| | end repeat | | |', '| | end repeat | | |',
  ],
  ['or-other-with-filter', 'survey', 2, 'choice_filter', ...withColumn('choice_filter'), "| | select_one yn or_other | a | A | name = 'y' |", ...yesNo],
  ['or-other-without-list', 'survey', 2, 'type', ...question.slice(0, 2), '| | select_one_from_file towns.csv or_other | a | A |'],
  ['or-other-untranslated', 'survey', 1, '', '| survey |', '| | type | name | label::Welsh (cy) |', '| | select_one yn or_other | a | A |', ...yesNo],
  ['table-list-with-filter', 'survey', 3, 'choice_filter', ...withColumn('appearance | choice_filter'), '| | begin group | g | G | table-list | |', "| | select_one yn | a | A | | name = 'y' |", '| | end group | | | | |', ...yesNo],
  [
    'table-list-other-list', 'survey', 4, 'type', ...withColumn('appearance'), '| | begin group | g | G | table-list |', '| | select_one yn | a | A | |', '| | select_one ab | b | B | |',
    '| | end group | | | |', ...yesNo, '| | ab | a | A |',
  ],
  ['instance-twice', 'choices', 2, 'list_name', ...question.slice(0, 2), '| | csv-external | yn | |', '| | select_one yn | a | A |', ...yesNo],
]

// prettier-ignore
export const expressionExamples: readonly IssueExample[] = [
  ['reference-broken', 'survey', 2, 'relevant', ...withColumn('relevant'), '| | text | a | A | ${b = 1 |'],
  ['reference-unknown', 'survey', 2, 'label', ...question.slice(0, 2), '| | text | a | Hello ${nobody} |'],
  [
    'reference-ambiguous', 'survey', 7, 'relevant', ...withColumn('relevant'), '| | text | a | A | |', '| | begin group | g | G | |', '| | text | b | B | |', '| | text | a | A | |', '| | end group | | | |',
    "| | text | c | C | ${a} = '1' |",
  ],
  ['reference-to-container', 'survey', 3, 'calculation', ...withColumn('calculation'), '| | begin group | g | G | |', '| | text | a | A | concat(${g}, 1) |', '| | end group | | | |'],
  ['media-with-answer', 'survey', 3, 'media::image', ...withColumn('media::image'), '| | text | a | A | |', '| | note | b | B | ${a}.png |'],
  ['default-not-choice', 'survey', 2, 'default', ...withColumn('default'), '| | select_one yn | a | A | maybe |', ...yesNo],
  ['default-not-type', 'survey', 2, 'default', ...withColumn('default'), '| | integer | a | A | many |'],
  ['reference-to-itself', 'survey', 2, 'calculation', ...withColumn('calculation'), '| | integer | a | A | ${a} + 1 |'],
  ['reference-circle', 'survey', 2, 'calculation', ...withColumn('calculation'), '| | calculate | a | | ${b} + 1 |', '| | calculate | b | | ${a} |', '| | text | c | C | |'],
  ['reference-circle', 'survey', 2, 'relevant', ...withColumn('relevant'), "| | begin group | g | G | ${b} = 'x' |", '| | text | b | B | |', '| | end group | | | |'],
  ['expression-unreadable', 'survey', 2, 'label', ...question.slice(0, 2), "| | text | a | See instance('t')/root/item[name = |"],
  ['expression-unreadable', 'survey', 2, 'relevant', ...withColumn('relevant'), "| | text | a | A | (1 = 1 |"],
  ['function-unknown', 'survey', 2, 'constraint', ...withColumn('constraint'), '| | text | a | A | is-nice(.) |'],
  ['function-arguments', 'survey', 2, 'constraint', ...withColumn('constraint'), '| | text | a | A | selected(.) |'],
  ['trigger-comma', 'survey', 4, 'trigger', ...withColumn('trigger | calculation'), '| | text | a | A | | |', '| | text | b | B | | |', '| | text | c | C | ${a} ${b} | 1 |'],
  ['trigger-never-changes', 'survey', 3, 'trigger', ...withColumn('trigger | calculation'), '| | start | a | | | |', '| | text | c | C | ${a} | 1 |'],
  ['trigger-not-shown', 'survey', 3, 'trigger', ...withColumn('trigger | calculation'), '| | calculate | a | | | 1 |', '| | text | c | C | ${a} | 1 |'],
]

const entities = (columns: string, ...rows: string[]): string[] => ['| entities |', `| | ${columns} |`, ...rows.map((row) => `| | ${row} |`)]
const saved = (...rows: string[]): string[] => [...withColumn('save_to'), ...rows.map((row) => `| | ${row} |`)]

// prettier-ignore
export const entityExamples: readonly IssueExample[] = [
  ['entities-header-unknown', 'entities', 1, 'colour', ...question, ...entities('list_name | label | colour', 'trees | ${a} | red')],
  ['entity-list-missing', 'entities', 2, 'list_name', ...question, ...entities('list_name | label', '| ${a}')],
  ['entity-list-twice', 'entities', 3, 'list_name', ...question, ...entities('list_name | label', 'trees | ${a}', 'trees | ${a}')],
  ['entity-name-reserved', 'entities', 2, 'list_name', ...question, ...entities('list_name | label', '__trees | ${a}')],
  ['entity-name-dot', 'entities', 2, 'list_name', ...question, ...entities('list_name | label', 'old.trees | ${a}')],
  ['entity-id-missing', 'entities', 2, 'entity_id', ...question, ...entities('list_name | label | update_if', 'trees | ${a} | true()')],
  ['entity-update-if-missing', 'entities', 2, 'update_if', ...question, ...entities('list_name | label | entity_id | create_if', 'trees | ${a} | ${a} | true()')],
  ['entity-label-missing', 'entities', 2, 'label', ...question, ...entities('list_name | create_if', 'trees | true()')],
  ['saveto-without-entities', 'survey', 2, 'save_to', ...saved('text | a | A | kind')],
  ['saveto-group', 'survey', 2, 'save_to', ...saved('begin group | g | G | kind', 'text | a | A |', 'end group | | |'), ...entities('list_name | label', 'trees | ${a}')],
  ['saveto-signs', 'survey', 2, 'save_to', ...saved('text | a | A | trees#kind#x'), ...entities('list_name | label', 'trees | ${a}')],
  ['saveto-list-missing', 'survey', 2, 'save_to', ...saved('text | a | A | kind'), ...entities('list_name | label', 'trees | ${a}', 'parks | ${a}')],
  ['saveto-list-unknown', 'survey', 2, 'save_to', ...saved('text | a | A | shrubs#kind'), ...entities('list_name | label', 'trees | ${a}')],
  ['saveto-reserved-word', 'survey', 2, 'save_to', ...saved('text | a | A | name'), ...entities('list_name | label', 'trees | ${a}')],
  ['saveto-twice', 'survey', 3, 'save_to', ...saved('text | a | A | kind', 'text | b | B | kind'), ...entities('list_name | label', 'trees | ${a}')],
  [
    'saveto-scope', 'survey', 6, 'save_to', ...saved('begin repeat | r | R |', 'text | a | A | kind', 'end repeat | | |', 'begin repeat | s | S |', 'text | b | B | size', 'end repeat | | |'),
    ...entities('list_name | label', 'trees | ${a}'),
  ],
  [
    'entity-scope', 'entities', 2, 'list_name', ...saved('begin repeat | r | R |', 'text | a | A | kind', 'end repeat | | |', 'begin repeat | s | S |', 'text | b | B |', 'end repeat | | |'),
    ...entities('list_name | label', 'trees | ${b}'),
  ],
  ['entity-place', 'entities', 3, 'list_name', ...question, ...entities('list_name | label', 'trees | ${a}', 'parks | ${a}')],
]
