// Column headers as authors write them, and what they mean. A header becomes a path: `label::French (fr)` is ['label', 'French (fr)'],
// `constraint_message::fr` is ['bind', 'jr:constraintMsg', 'fr'].

export type HeaderPath = readonly string[]
export type HeaderRules = { readonly aliases: ReadonlyMap<string, HeaderPath>; readonly known: ReadonlySet<string> }

const rules = (aliases: { readonly [header: string]: HeaderPath }, known: readonly string[]): HeaderRules => ({
  aliases: new Map(Object.entries(aliases)),
  known: new Set(known),
})

const media = { image: ['media', 'image'], 'big-image': ['media', 'big-image'], audio: ['media', 'audio'], video: ['media', 'video'] }

export const surveyHeaders = rules(
  {
    ...media,
    read_only: ['bind', 'readonly'],
    readonly: ['bind', 'readonly'],
    relevant: ['bind', 'relevant'],
    relevance: ['bind', 'relevant'],
    required: ['bind', 'required'],
    constraint: ['bind', 'constraint'],
    constraint_message: ['bind', 'jr:constraintMsg'],
    constraining_message: ['bind', 'jr:constraintMsg'],
    required_message: ['bind', 'jr:requiredMsg'],
    requiredmsg: ['bind', 'jr:requiredMsg'],
    no_app_error_string: ['bind', 'jr:noAppErrorString'],
    noapperrorstring: ['bind', 'jr:noAppErrorString'],
    calculation: ['bind', 'calculate'],
    calculate: ['bind', 'calculate'],
    save_to: ['bind', 'entities:saveto'],
    appearance: ['control', 'appearance'],
    count: ['control', 'jr:count'],
    repeat_count: ['control', 'jr:count'],
    'jr:count': ['control', 'jr:count'],
    autoplay: ['control', 'autoplay'],
    rows: ['control', 'rows'],
    body: ['control'],
    compact_tag: ['instance', 'odk:tag'],
    caption: ['label'],
    command: ['type'],
    tag: ['name'],
    value: ['name'],
  },
  [
    'type',
    'name',
    'label',
    'hint',
    'guidance_hint',
    'default',
    'choice_filter',
    'parameters',
    'trigger',
    'bind',
    'control',
    'instance',
    'media',
    'intent',
  ],
)

export const choicesHeaders = rules({ ...media, caption: ['label'], value: ['name'], list_name: ['list name'] }, [
  'name',
  'label',
  'media',
  'list name',
])

export const settingsHeaders = rules({ form_title: ['title'], set_form_title: ['title'], form_id: ['id_string'], set_form_id: ['id_string'] }, [
  'title',
  'id_string',
  'name',
  'version',
  'style',
  'default_language',
  'instance_name',
  'instance_xmlns',
  'instance_id',
  'namespaces',
  'public_key',
  'submission_url',
  'auto_send',
  'auto_delete',
  'client_editable',
  'allow_choice_duplicates',
  'omit_instanceID',
  'clean_text_values',
  'attribute',
  'label',
])

export const entitiesHeaders = rules({ list_name: ['dataset'] }, ['dataset', 'entity_id', 'create_if', 'update_if', 'repeat', 'label'])

/**
 * The path a header stands for. `::` parts a column from its language; a single `:` does so only where no header of the sheet uses
 * `::`, because it is also the sign of XML namespaces (`jr:count`). An unknown header keeps its own spelling: choice filters name it.
 */
export function toHeaderPath(header: string, sheetUsesDoubleColon: boolean, { aliases, known }: HeaderRules): HeaderPath {
  if (known.has(header) && !aliases.has(header)) return [header]
  const snake = toSnakeCase(header)
  if (known.has(snake) && !aliases.has(snake)) return [snake]
  const [first = '', ...more] = sheetUsesDoubleColon || header.includes('::') ? splitTrimmed(header, '::') : joinJavaRosa(splitTrimmed(header, ':'))
  const rest = more.filter((part) => part !== '')
  const column = toSnakeCase(first)
  const alias = aliases.get(column)
  if (alias !== undefined) return [...alias, ...rest]
  return known.has(column) ? [column, ...rest] : [first, ...rest]
}

function splitTrimmed(text: string, sign: string): string[] {
  return text.split(sign).map((part) => part.trim())
}

/** In `bind:jr:noAppErrorString` and `body:esri:style` the second colon belongs to the name. */
function joinJavaRosa(parts: string[]): string[] {
  const at = parts.indexOf('jr')
  const next = parts[at + 1]
  if (at >= 0 && next !== undefined) return [...parts.slice(0, at), `jr:${next}`, ...parts.slice(at + 2)]
  const [group = '', ...name] = parts
  return /^(body|control|instance)$/i.test(group) && name.length > 1 ? [group, name.join(':')] : parts
}

export function toSnakeCase(text: string): string {
  return text
    .split(/\s+/)
    .filter((word) => word !== '')
    .join('_')
    .toLowerCase()
}
