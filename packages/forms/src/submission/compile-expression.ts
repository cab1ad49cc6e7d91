import { compare } from '../xpath/compare.ts'
import { functions } from '../xpath/functions.ts'
import { parseExpression, type Expression, type PathStart, type Step } from '../xpath/parse-expression.ts'
import { isNodes, toBoolean, toNumber, unknown, type Value } from '../xpath/values.ts'
import type { Live } from './live.ts'
import type { FormPlan, Plan } from './plan.ts'

/** What an expression may ask besides the answers: the latest day that it can be anywhere, and the columns of a choice under test. */
export type Surroundings = { readonly latestDay?: number; readonly columns?: { readonly [column: string]: string } }
export type Evaluate = (node: Live, around: Surroundings) => Value

const toUnknown: Evaluate = () => unknown

/**
 * An expression of the form as a function of the node that it belongs to. Where it leaves the supported part of XPath the function
 * answers `unknown`: a wrong refusal would cost a family's answers, while a missed one is caught when the engine replays the form.
 */
export function compileExpression(form: FormPlan, owner: Plan, text: string, choice?: { readonly columns: true }): Evaluate {
  const expression = parseExpression(text)
  return expression === undefined ? toUnknown : compile({ form, owner, choice: choice !== undefined }, expression)
}

/** `owner` is the node that "." means; `choice`: a bare name is a column of the choice sheet. */
type Place = { readonly form: FormPlan; readonly owner: Plan; readonly choice: boolean }

function compile(place: Place, expression: Expression): Evaluate {
  switch (expression.kind) {
    case 'literal':
    case 'number': {
      const { value } = expression
      return () => value
    }
    case 'negate': {
      const operand = compile(place, expression.of)
      return (node, around) => withNumbers(operand(node, around), 0, (a) => -a)
    }
    case 'binary':
      return compileBinary(expression.operator, compile(place, expression.left), compile(place, expression.right))
    case 'call':
      return compileCall(place, expression.name, expression.args)
    case 'path':
      return compilePath(place, expression.start, expression.steps)
  }
}

function compileBinary(operator: string, left: Evaluate, right: Evaluate): Evaluate {
  if (operator === 'and' || operator === 'or') {
    const decisive = operator === 'or'
    return (node, around) => {
      const first = toBoolean(left(node, around))
      if (first === decisive) return decisive
      const second = toBoolean(right(node, around))
      if (second === decisive) return decisive
      return first === unknown || second === unknown ? unknown : !decisive
    }
  }
  const sum = arithmetic[operator]
  if (sum !== undefined) return (node, around) => withNumbers(left(node, around), right(node, around), sum)
  return (node, around) => compare(operator, left(node, around), right(node, around))
}

const arithmetic: { readonly [operator: string]: (a: number, b: number) => number } = {
  '+': (a, b) => a + b,
  '-': (a, b) => a - b,
  '*': (a, b) => a * b,
  div: (a, b) => a / b,
  mod: (a, b) => a % b,
}

function withNumbers(left: Value, right: Value, combine: (a: number, b: number) => number): Value {
  const a = toNumber(left)
  const b = toNumber(right)
  return a === unknown || b === unknown ? unknown : combine(a, b)
}

function compileCall(place: Place, name: string, args: readonly Expression[]): Evaluate {
  const operands = args.map((arg) => compile(place, arg))
  if (name === 'if' && operands.length === 3) return compileIf(operands)
  if ((name === 'today' || name === 'now') && operands.length === 0) {
    return (_node, around) => (around.latestDay === undefined ? unknown : { latestDay: around.latestDay })
  }
  if (name === 'position') {
    const [of] = operands
    if (of === undefined) return toUnknown
    return (node, around) => {
      const nodes = of(node, around)
      return nodes !== unknown && isNodes(nodes) && nodes[0] !== undefined ? nodes[0].position : unknown
    }
  }
  const implementation = Object.hasOwn(functions, name) ? functions[name] : undefined
  if (implementation === undefined) return toUnknown
  return (node, around) => {
    const values: Exclude<Value, typeof unknown>[] = []
    for (const operand of operands) {
      const value = operand(node, around)
      if (value === unknown || (!isNodes(value) && typeof value === 'object')) return unknown
      values.push(value)
    }
    return implementation(values)
  }
}

function compileIf([test, yes, no]: readonly Evaluate[]): Evaluate {
  if (test === undefined || yes === undefined || no === undefined) return toUnknown
  return (node, around) => {
    const truth = toBoolean(test(node, around))
    if (truth === unknown) return unknown
    return truth ? yes(node, around) : no(node, around)
  }
}

function compilePath(place: Place, start: PathStart, steps: readonly Step[]): Evaluate {
  if (steps.some((step) => step.predicates.length > 0) || (typeof start === 'object' && start.predicates.length > 0)) return toUnknown
  if (place.choice && start === 'context' && steps.length === 1 && steps[0]?.axis === 'child') {
    const column = steps[0].name
    return (_node, { columns }) => columns?.[column] ?? unknown
  }
  // In a choice filter "." is a choice, not the question; only current() reaches the form.
  if (place.choice && start === 'context') return toUnknown
  const target = findTarget(place, start, steps)
  if (target === undefined) return toUnknown
  const climbs = start !== 'root' && typeof start !== 'object' && steps.every((step) => step.axis !== 'child')
  // Processors disagree whether an absolute path inside a repeat means this instance or all of them.
  if (start === 'root' && ancestorsOf(target).some((plan) => plan.kind === 'repeat' && ancestorsOf(place.owner).includes(plan))) return toUnknown
  return compileReach(place.owner, target, climbs)
}

function findTarget(place: Place, start: PathStart, steps: readonly Step[]): Plan | undefined {
  let at: Plan | undefined
  let rest = steps
  if (start === 'root') {
    if (steps[0]?.axis !== 'child' || steps[0].name !== place.form.root.name) return undefined
    at = place.form.root
    rest = steps.slice(1)
  } else if (typeof start === 'object') at = findNamed(place, start.reference)
  else at = place.owner
  for (const step of rest) {
    if (at === undefined) return undefined
    if (step.axis === 'parent') at = at.parent
    else if (step.axis === 'child') at = at.kind === 'question' ? undefined : at.byName.get(step.name)
  }
  return at
}

/** ${name}: names may recur in different groups; the one meant is the only one there is, or else nobody can say. */
function findNamed(place: Place, name: string): Plan | undefined {
  const candidates = place.form.named.get(name) ?? []
  return candidates.length === 1 ? candidates[0] : undefined
}

function ancestorsOf(plan: Plan): Plan[] {
  const line: Plan[] = []
  for (let at: Plan | undefined = plan; at !== undefined; at = at.parent) line.unshift(at)
  return line
}

/** From a node up to the nearest ancestor that it shares with the target, and down again through every instance of a repeat on the way. */
function compileReach(owner: Plan, target: Plan, climbs: boolean): Evaluate {
  const up = ancestorsOf(owner)
  const down = ancestorsOf(target)
  let shared = 0
  while (shared + 1 < Math.min(up.length, down.length) && up[shared + 1] === down[shared + 1]) shared++
  // A repeat reached by name means all its instances, as in count(); reached by climbing (position(..)) it is the node's own.
  if (!climbs && target.kind === 'repeat' && down[shared] === target) shared--
  const climb = up.length - 1 - shared
  const path = down.slice(shared + 1)
  return (node) => {
    let from: Live | undefined = node
    for (let step = 0; step < climb; step++) from = from?.parent
    if (from === undefined) return unknown
    let reached: readonly Live[] = [from]
    for (const step of path)
      reached = reached.length === 1 ? (reached[0]?.children[step.at] ?? []) : reached.flatMap((live) => live.children[step.at] ?? [])
    return reached
  }
}
