// Role rules, gates, rights, terms, values and the other lists of a policy.
import {
  acts,
  formKinds,
  gateNames,
  isValueName,
  measureChecks,
  rightClocks,
  rightOutcomes,
  rightTypes,
  roles,
  scopes,
  securityLevels,
  valueRules,
  withValues,
  type Act,
  type ChangeNote,
  type GateName,
  type Policy,
  type PolicyValues,
  type Purpose,
  type RightRule,
  type RoleRule,
  type Scope,
  type Terms,
  type ValueName,
} from '@attune/policy'
import type { Cursor } from './cursor.ts'
import { nearest } from './cursor.ts'
import { checkReference, readUnique } from './read-list.ts'

export function readRoleRules(root: Cursor, purposes: readonly Purpose[]): readonly RoleRule[] {
  return root
    .need('roles', 'what each role may do')
    .entries()
    .flatMap(({ key, value, place }) => {
      const role = roles.find((known) => known === key)
      if (role === undefined) {
        place.report('word-unknown', `There is no role "${key}".${nearest(key, roles)} Roles are: ${roles.join(', ')}.`)
        return []
      }
      return value.entries().flatMap((line): RoleRule[] => {
        const act = (acts as readonly string[]).includes(line.key) ? (line.key as Act) : undefined
        if (act === undefined) {
          line.place.report(
            'word-unknown',
            `There is no act "${line.key}".${nearest(line.key, acts)} An act is noun.verb, for example record.submit.`,
          )
          return []
        }
        return [{ role, act, ...readTerms(line.value, role, purposes) }]
      })
    })
}

function readTerms(place: Cursor, role: RoleRule['role'], purposes: readonly Purpose[]): Omit<RoleRule, 'role' | 'act'> {
  const plain = (scope: Scope) => ({ scope, purposes: [], needsRequest: false, needsSecondPerson: false })
  if (place.isText() || place.entries().length === 0) return plain(place.word(scopes))
  place.onlyKeys(['scope', 'purposes', 'request', 'secondPerson'])
  const codes = (place.at('purposes')?.items() ?? []).map((item) => {
    const code = item.text()
    checkReference(
      item,
      code,
      purposes.map((purpose) => purpose.code),
      'purpose',
    )
    if (purposes.some((purpose) => purpose.code === code && !purpose.actors.includes(role))) {
      item.report(
        'rule-refused',
        `The purpose "${code}" is not one that the role ${role} may act under, so this rule could never allow anything. Add the role to its actors, or remove it here.`,
      )
    }
    return code
  })
  return {
    scope: place.need('scope', scopes.join(' or ')).word(scopes),
    purposes: codes,
    needsRequest: place.at('request')?.flag() ?? false,
    needsSecondPerson: place.at('secondPerson')?.flag() ?? false,
  }
}

export function readGates(root: Cursor): Policy['gates'] {
  const list = root.need('gates', 'what must be true before each kind of form is taken in')
  const gates: { [kind: string]: readonly GateName[] } = {}
  for (const { key, value, place } of list.entries()) {
    if (!(formKinds as readonly string[]).includes(key))
      place.report('word-unknown', `There is no kind of form "${key}".${nearest(key, formKinds)} Kinds are: ${formKinds.join(', ')}.`)
    gates[key] = value.items().map((item) => item.word(gateNames))
  }
  for (const kind of ['client-record', 'practitioner-consent']) {
    if (!list.isMissing && (gates[kind] ?? []).length === 0)
      list.report(
        'gate-missing',
        `Nothing says when a form of the kind ${kind} may be sent. Write ${kind}: [${gateNames.slice(0, 2).join(', ')}, …].`,
      )
  }
  return gates
}

export function readRights(root: Cursor): readonly RightRule[] {
  return readUnique(
    root.need('rights', 'the rights of the people that the data is about'),
    (right: RightRule) => right.type,
    (item) => {
      item.onlyKeys(['type', 'label', 'means', 'clock', 'hold', 'addedByLaw', 'secondPerson'])
      return {
        type: item.need('type', rightTypes.join(' or ')).word(rightTypes),
        label: item.need('label', 'what it is called').text(),
        means: item.need('means', 'what it means, in one sentence').text(),
        clock: item.need('clock', rightClocks.join(' or ')).word(rightClocks),
        hold: item.at('hold')?.flag() ?? false,
        addedByLaw: item.at('addedByLaw')?.flag() ?? false,
        secondPerson:
          item
            .at('secondPerson')
            ?.items()
            .map((outcome) => outcome.word(rightOutcomes)) ?? [],
      }
    },
  )
}

export function readTermsOfUse(root: Cursor): Terms {
  const terms = root.need('terms', 'the terms of use: version and statements')
  terms.onlyKeys(['version', 'statements'])
  return {
    version: terms.need('version', 'such as "2025-06"').text(),
    statements: readUnique(
      terms.need('statements', 'a list of what a practitioner accepts'),
      (statement: Terms['statements'][number]) => statement.id,
      (item) => {
        item.onlyKeys(['id', 'text'])
        return { id: item.need('id', 'a short word').id(), text: item.need('text', 'the sentence').text() }
      },
    ),
  }
}

export function readValues(root: Cursor): PolicyValues {
  const chosen: { [name in ValueName]?: number } = {}
  const names = valueRules.map((rule) => rule.name)
  for (const { key, value, place } of root.at('values')?.entries() ?? []) {
    if (!isValueName(key)) {
      place.report('key-unknown', `There is no value "${key}".${nearest(key, names)} Values are: ${names.join(', ')}.`)
      continue
    }
    const rule = valueRules.find((candidate) => candidate.name === key)
    if (rule !== undefined) chosen[key] = value.number(rule.least, rule.most)
  }
  return withValues(chosen)
}

export function readSecurity(root: Cursor): Policy['security'] {
  return readUnique(
    root.need('security', 'a list of how data is kept safe'),
    (measure: Policy['security'][number]) => measure.id,
    (item) => {
      item.onlyKeys(['id', 'level', 'text', 'clauses', 'code', 'check'])
      const place = item.need('clauses', 'the clauses that it serves')
      const clauses = place.items().map((one) => one.text())
      if (!place.isMissing && clauses.length === 0) place.report('key-missing', 'A control serves at least one clause of the ledger.')
      const check = item.at('check')
      return {
        id: item.need('id', 'a short word').id(),
        level: item.need('level', 'platform, form or access').word([...securityLevels]),
        text: item.need('text', 'one sentence').text(),
        clauses,
        code: item.need('code', 'the file or folder that holds it').text(),
        ...(check === undefined ? {} : { check: check.word(measureChecks) }),
      }
    },
  )
}

export function readChanges(root: Cursor, edition: string): readonly ChangeNote[] {
  const list = root.need('changes', 'what changed in each edition')
  const changes = readUnique(
    list,
    (change: ChangeNote) => change.edition,
    (item) => {
      item.onlyKeys(['edition', 'on', 'what', 'material'])
      return {
        edition: item.need('edition', 'such as "2025-06"').text(),
        on: item.need('on', 'the day').day(),
        what: item.need('what', 'what changed, in one sentence').text(),
        material: item.need('material', 'true when people must be told and sign again').flag(),
      }
    },
  )
  if (!list.isMissing && edition !== '' && !changes.some((change) => change.edition === edition)) {
    list.report('edition-without-change', `The edition ${edition} is not in the list of changes. Say what it changed.`)
  }
  return changes
}
