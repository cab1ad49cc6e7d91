// A form in plain lines, for comparing what it asks today with what it asked when somebody last looked.
import type { FormOutline, OutlineNode } from '@attune/forms'

export function toListing(outline: FormOutline): string {
  const { formId, version, title, languages } = outline
  const lists = Object.entries(outline.choices).map(([list, choices]) => `${list}: ${choices.map((choice) => choice.name).join(' ')}`)
  return `${[`${title} (${formId} ${version}) in ${languages.join(', ')}`, ...outline.children.flatMap((node) => linesOf(node, '')), '', ...lists].join('\n')}\n`
}

function linesOf(node: OutlineNode, indent: string): string[] {
  const words = Object.values(node.label)[0] ?? ''
  const relevant = node.relevant === undefined ? '' : ` if ${node.relevant}`
  if (node.kind !== 'question')
    return [`${indent}${node.kind} ${node.name} “${words}”${relevant}`, ...node.children.flatMap((child) => linesOf(child, `${indent}  `))]
  const facts = [
    node.type,
    node.list === undefined ? '' : `of ${node.list}`,
    ...node.appearance,
    node.required === true ? 'required' : '',
    node.readonly === true ? 'readonly' : '',
    node.constraint === undefined ? '' : `{${node.constraint}}`,
    node.calculation === undefined ? '' : `= ${node.calculation}`,
    ...Object.entries(node.parameters).map(([name, value]) => `${name}=${value}`),
  ].filter((fact) => fact !== '')
  return [`${indent}${node.name}: ${facts.join(' ')} “${words}”${relevant}`]
}
