import { languageCodes } from './language-codes.ts'
import type { IssueList } from './issues.ts'
import type { Table } from './table.ts'

const translatable: ReadonlySet<string> = new Set([
  'label',
  'hint',
  'guidance_hint',
  'image',
  'big-image',
  'audio',
  'video',
  'jr:constraintMsg',
  'jr:requiredMsg',
])

type Languages = ReadonlyMap<string, ReadonlySet<string>>

/** Which columns a sheet has in which language; a column without a language counts as "default". */
function toLanguages(table: Table): Languages {
  const languages = new Map<string, Set<string>>()
  for (const { path } of table.columns) {
    const [name = '', language = 'default', ...more] = path[0] === 'media' || path[0] === 'bind' ? path.slice(1) : path
    if (!translatable.has(name) || more.length > 0) continue
    const columns = languages.get(language) ?? new Set()
    languages.set(language, columns.add(name))
  }
  return languages
}

function isUntranslated(languages: Languages): boolean {
  return languages.size === 0 || (languages.size === 1 && languages.has('default'))
}

const columnNames: { readonly [name: string]: string } = { 'jr:constraintMsg': 'constraint_message', 'jr:requiredMsg': 'required_message' }

function toMissing(sheet: string, languages: Languages): string[] {
  if (isUntranslated(languages)) return []
  const all = new Set([...languages.values()].flatMap((columns) => [...columns]))
  return [...languages].flatMap(([language, columns]) => {
    const missing = [...all].filter((name) => !columns.has(name)).map((name) => columnNames[name] ?? name)
    return missing.length === 0 ? [] : [`${sheet}: ${missing.sort().join(', ')} in '${language}'`]
  })
}

/** Warns once of all columns that some languages have and others lack, of "Other" that stays English, and of languages without a code. */
export function checkTranslations(survey: Table, choices: Table | undefined, usesOrOther: boolean, { report }: IssueList): void {
  const ofSurvey = toLanguages(survey)
  const ofChoices = choices === undefined ? new Map() : toLanguages(choices)
  const place = { sheet: 'survey', row: survey.headerRow }
  const missing = [...toMissing('survey', ofSurvey), ...toMissing('choices', ofChoices)]
  if (missing.length > 0)
    report('translation-missing', toMissing('survey', ofSurvey).length > 0 ? place : { sheet: 'choices', row: choices?.headerRow ?? 1 }, {
      missing: missing.join('; '),
    })
  if (usesOrOther && (!isUntranslated(ofSurvey) || !isUntranslated(ofChoices))) report('or-other-untranslated', place)
}

/** Languages are best named with their code, "Français (fr)", so that players can speak and sort them rightly (BCP 47). */
export function checkLanguageNames(languages: Iterable<string>, { report }: IssueList): void {
  const without = [...languages].filter((language) => language !== 'default' && language.length >= 3 && !hasCode(language))
  if (without.length > 0) report('language-without-code', { sheet: 'survey', row: 1 }, { languages: without.map((one) => `'${one}'`).join(', ') })
}

function hasCode(language: string): boolean {
  const code = /\(([^()]*)\)$/.exec(language)?.[1]
  const found = code === undefined ? null : /^([A-Za-z]{2,3})(-[A-Za-z]{4})?(-(?:[A-Za-z]{2}|\d{3}))?$/.exec(code)
  const primary = found?.[1]?.toLowerCase()
  return primary !== undefined && (primary.length === 3 || languageCodes.has(primary))
}
