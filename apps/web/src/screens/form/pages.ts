import { isShown, nameOf, plainText, type GeneralChildNode, type RootNode } from '@attune/forms/engine'

/**
 * One page of a form: a top-level group or repeat, or a run of top-level questions between them. The nodes hold what is not asked now as well, so
 * that a page stays the same one while questions on it come and go.
 */
export type Page = { readonly id: string; readonly title: string; readonly nodes: readonly GeneralChildNode[] }

/**
 * The pages that are asked now, in order. `formTitle` names pages that have no name of their own. Given the pages `before`, whatever is as it was
 * comes back as the same object: an answer that adds no page and takes none away draws nothing anew.
 */
export function toPages(root: RootNode, formTitle: string, before: readonly Page[] = []): readonly Page[] {
  const pages: Page[] = []
  let loose: GeneralChildNode[] = []
  const add = (page: Page): void => {
    pages.push(before.find((known) => isSamePage(known, page)) ?? page)
  }
  const close = (): void => {
    const [first] = loose
    if (first !== undefined && loose.some(isShown)) add({ id: nameOf(first), title: formTitle, nodes: loose })
    loose = []
  }
  for (const child of root.currentState.children) {
    if (child.nodeType === 'model-value') continue
    const isSection = child.nodeType === 'group' || child.nodeType === 'repeat-range:controlled' || child.nodeType === 'repeat-range:uncontrolled'
    if (!isSection) loose.push(child)
    else if (isShown(child)) {
      close()
      const nodes = child.nodeType === 'group' ? child.currentState.children : [child]
      add({ id: nameOf(child), title: plainText(child.currentState.label) || formTitle, nodes })
    }
  }
  close()
  return pages.length === before.length && pages.every((page, at) => page === before[at]) ? before : pages
}

function isSamePage(one: Page, other: Page): boolean {
  return (
    one.id === other.id &&
    one.title === other.title &&
    one.nodes.length === other.nodes.length &&
    one.nodes.every((node, at) => node === other.nodes[at])
  )
}
