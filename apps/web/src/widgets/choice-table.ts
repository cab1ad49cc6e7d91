import { appearancesOf, isShown, type GeneralChildNode, type SelectNode } from '@attune/forms/engine'

/** Questions in a row that share their choices and are drawn as one table (appearances label and list-nolabel). */
export type ChoiceTableRows = { readonly header: SelectNode | undefined; readonly rows: readonly SelectNode[] }
export type SectionItem =
  | { readonly kind: 'table'; readonly id: string; readonly table: ChoiceTableRows }
  | { readonly kind: 'node'; readonly id: string; readonly node: GeneralChildNode }

/**
 * The children of a section, with shown neighbours that belong to one table put together. Whether anything else is shown is left to whoever draws
 * it, and asked here only where it decides which neighbours a table has.
 */
export function toSectionItems(children: readonly GeneralChildNode[]): SectionItem[] {
  const items: SectionItem[] = []
  let header: SelectNode | undefined
  let rows: SelectNode[] = []
  const close = (): void => {
    if (rows.length > 0 || header !== undefined) items.push({ kind: 'table', id: (header ?? rows[0])?.nodeId ?? '', table: { header, rows } })
    header = undefined
    rows = []
  }
  for (const child of children) {
    if (child.nodeType === 'model-value') continue
    const looks = child.nodeType === 'select' ? appearancesOf(child) : []
    const isOfTable = looks.includes('label') || looks.includes('list-nolabel')
    if ((isOfTable || header !== undefined || rows.length > 0) && !isShown(child)) continue
    if (child.nodeType === 'select' && looks.includes('label')) {
      close()
      header = child
    } else if (child.nodeType === 'select' && looks.includes('list-nolabel') && (rows.length === 0 || sameChoices(rows[0], child))) rows.push(child)
    else {
      close()
      items.push({ kind: 'node', id: child.nodeId, node: child })
    }
  }
  close()
  return items
}

function sameChoices(one: SelectNode | undefined, other: SelectNode): boolean {
  const names = (node: SelectNode | undefined): string => node?.currentState.valueOptions.map((item) => item.value).join(' ') ?? ''
  return one?.selectType === other.selectType && names(one) === names(other)
}
