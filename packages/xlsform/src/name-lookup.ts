import { isSection, type FormNode, type Nameable, type Section } from './form-tree.ts'

/** Finds the question, group or repeat a reference names. */
export type NameLookup = (name: string) => Nameable | undefined

export function toNameLookup(root: Section, nodes: readonly FormNode[]): NameLookup {
  const names = new Map<string, Nameable>([[root.name, root]])
  for (const node of nodes) {
    if ((node.kind === 'question' || isSection(node)) && (!names.has(node.name) || names.get(node.name) === root)) names.set(node.name, node)
  }
  return (name) => names.get(name)
}
