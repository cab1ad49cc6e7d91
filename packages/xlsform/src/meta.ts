import { addChild, type Question, type Section } from './form-tree.ts'
import { questionTypes } from './question-types.ts'
import type { Settings } from './settings-sheet.ts'
import { toSection } from './survey-sheet.ts'
import type { Words } from './words.ts'

/** The section's `meta` block, made if it is not there yet. */
export function getMeta(section: Section): Section {
  const found = section.children.find((child): child is Section => child.kind === 'group' && child.isBodyless)
  return found ?? addChild(section, toSection('group', 'meta', section.row, { isBodyless: true }))
}

/** What OpenRosa asks of every record: its own id, its name if the form gives one, the audit log if the form keeps one. */
export function addMeta(root: Section, questions: readonly Question[], settings: Settings): void {
  const own = [
    ...questions,
    ...(settings.omitsInstanceId ? [] : [toMetaQuestion('instanceID', { readonly: 'true()', 'jr:preload': settings.instanceId })]),
    ...(settings.instanceName === undefined ? [] : [toMetaQuestion('instanceName', { calculate: settings.instanceName })]),
  ]
  if (own.length === 0) return
  const meta = getMeta(root)
  for (const question of own) addChild(meta, question)
}

function toMetaQuestion(name: string, bind: { readonly [attribute: string]: string }): Question {
  const rule = questionTypes.get('calculate')
  if (rule === undefined) throw new Error('The table of types has no calculate.')
  const none: ReadonlyMap<string, string> = new Map()
  return {
    kind: 'question',
    type: 'calculate',
    rule,
    name,
    row: 1,
    parent: undefined,
    path: '',
    media: none,
    control: none,
    instance: none,
    isDefaultComputed: false,
    actions: [],
    triggers: [],
    parameters: none,
    isGenerated: true,
    bind: new Map<string, Words>([['type', 'string'], ...Object.entries(bind)]),
  }
}
