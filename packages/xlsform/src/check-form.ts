import { checkContainers } from './check-containers.ts'
import { checkDefaults } from './check-defaults.ts'
import { checkCycles } from './check-cycles.ts'
import { checkExpressions } from './check-expressions.ts'
import { checkReferences, type NameCount } from './check-references.ts'
import type { Entities } from './entities/entities.ts'
import { isEmptyGroup, type FormNode } from './form-tree.ts'
import type { NameLookup } from './name-lookup.ts'
import { mostExplained, toSuggestion } from './near-words.ts'
import { findOnlyReference } from './expressions/references.ts'
import type { SurveyContext } from './survey-context.ts'
import type { Survey } from './survey-sheet.ts'
import { findYesNo } from './settings-sheet.ts'
import { toPlace } from './table.ts'
import { checkTranslations } from './check-translations.ts'
import { checkTriggers, toTriggered } from './triggers.ts'
import { isShown } from './write-body.ts'

/** What can only be checked once every row is known: names that are referred to, triggers, lists of places, languages. */
export function checkForm(
  survey: Survey,
  nodes: readonly FormNode[],
  find: NameLookup,
  context: SurveyContext,
  entities: Entities,
  checksExpressions: boolean,
): void {
  const { table, choices, settings, issues } = context
  const files = new Set(nodes.filter((node) => node.kind === 'file').map(({ name }) => name))
  const count: NameCount = (name) => (files.has(name) && find(name) === undefined ? 0 : countOf(name))
  const countOf: NameCount = (name) => survey.nameCounts.get(name) ?? (find(name) === undefined || name === survey.root.name ? 0 : 1)
  const suggest = (name: string): string => (issues.issues.length > mostExplained ? '' : toSuggestion(name, survey.nameCounts.keys()))
  const isNotChecked = new Set(['type', 'name', 'trigger'])
  const disabled = table.byFirst.get('disabled')?.[0]
  checkReferences(
    table,
    (column, row) => !isNotChecked.has(column.path[0] ?? '') && !(disabled && findYesNo(row.texts.get(disabled)) === true),
    count,
    suggest,
    issues,
  )
  if (settings.table) checkReferences(settings.table, () => true, count, suggest, issues)
  if (choices.table) checkReferences(choices.table, (column) => column.path[0] === 'label' || column.path[0] === 'media', count, suggest, issues)
  if (entities.table) checkReferences(entities.table, (column) => column.path[0] !== 'dataset' && column.path[0] !== 'repeat', count, suggest, issues)
  checkCycles(survey.root, nodes, find, table, issues)
  if (checksExpressions) checkContainers(nodes, find, table, issues)
  checkEmptyGroups(nodes, context)
  checkDefaults(nodes, choices.lists, table, issues)
  if (checksExpressions) checkExpressions(nodes, entities.table, context)
  checkTriggerNames(survey, nodes, context)
  checkTriggers(nodes, toTriggered(nodes), isShown, table, issues)
  checkGeometryTargets(survey, context, entities)
  checkTranslations(table, choices.table, survey.usesOrOther, issues)
}

function checkEmptyGroups(nodes: readonly FormNode[], { table, issues }: SurveyContext): void {
  for (const node of nodes) {
    if (isEmptyGroup(node)) issues.report('group-empty', toPlace(table, node.row, 'type'), { name: node.name })
  }
}

function checkTriggerNames(survey: Survey, nodes: readonly FormNode[], { table, issues }: SurveyContext): void {
  for (const node of nodes) {
    if (node.kind !== 'question') continue
    for (const name of node.triggers)
      if (!survey.questionNames.has(name)) issues.report('reference-unknown', toPlace(table, node.row, 'trigger'), { name })
  }
}

function checkGeometryTargets(survey: Survey, { choices, instances, geometryTargets, issues }: SurveyContext, entities: Entities): void {
  for (const { target, place } of geometryTargets) {
    const only = findOnlyReference(target)
    const isKnown =
      instances.has(target) ||
      choices.lists.has(target) ||
      entities.names.has(target) ||
      (only !== undefined && !only.lastSaved && survey.repeatNames.has(only.name))
    if (!isKnown) issues.report('geometry-target-unknown', place, { target })
  }
}
