import { isShown, nameOf, plainText, type GeneralChildNode, type RootNode } from '@attune/forms/engine'

/** One page of a form: a top-level group or repeat, or a run of top-level questions between them. */
export type Page = { readonly id: string; readonly title: string; readonly nodes: readonly GeneralChildNode[] }

/** The pages that are asked now, in order. `formTitle` names pages that have no name of their own. */
export function toPages(root: RootNode, formTitle: string): Page[] {
  const pages: Page[] = []
  let loose: GeneralChildNode[] = []
  const close = (): void => {
    const [first] = loose
    if (first !== undefined) pages.push({ id: nameOf(first), title: formTitle, nodes: loose })
    loose = []
  }
  for (const child of root.currentState.children) {
    if (!isShown(child)) continue
    if (child.nodeType === 'group') {
      close()
      pages.push({ id: nameOf(child), title: plainText(child.currentState.label) || formTitle, nodes: child.currentState.children })
    } else if (child.nodeType === 'repeat-range:controlled' || child.nodeType === 'repeat-range:uncontrolled') {
      close()
      pages.push({ id: nameOf(child), title: plainText(child.currentState.label) || formTitle, nodes: [child] })
    } else loose.push(child)
  }
  close()
  return pages
}
