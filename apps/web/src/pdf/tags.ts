import { PDFArray, PDFDict, PDFName, PDFNumber, PDFOperator, PDFString, type PDFDocument, type PDFPage, type PDFRef } from 'pdf-lib'

// The structure tree of a tagged PDF (ISO 32000-1, 14.7 and 14.8): it tells a screen reader what is a heading, a paragraph, a picture, and in
// which order to read. pdf-lib writes none, so it is laid beside the drawing operators here.

export type Role = 'H1' | 'H2' | 'H3' | 'P' | 'Figure' | 'Span'
type Element = { readonly ref: PDFRef; readonly dict: PDFDict; readonly kids: PDFArray }

export class Tags {
  #document: PDFDocument
  #root: PDFRef
  #body: Element
  #pages = new Map<PDFPage, PDFRef[]>()

  constructor(document: PDFDocument) {
    this.#document = document
    this.#root = document.context.nextRef()
    this.#body = this.#register('Document', this.#root)
  }

  /** Begins an element of the text; what is drawn with it afterwards belongs to it, on whichever page. */
  begin(role: Role, alternative?: string): Element {
    const element = this.#register(role, this.#body.ref)
    this.#body.kids.push(element.ref)
    if (alternative !== undefined) element.dict.set(PDFName.of('Alt'), PDFString.of(toLatin(alternative)))
    return element
  }

  /** Draws as a part of an element. */
  draw(page: PDFPage, element: Element, role: Role, work: () => void): void {
    const owners = this.#pages.get(page) ?? []
    this.#pages.set(page, owners)
    const mark = owners.push(element.ref) - 1
    const { context } = this.#document
    page.pushOperators(PDFOperator.of('BDC' as never, [PDFName.of(role), `<</MCID ${mark}>>` as never]))
    work()
    page.pushOperators(PDFOperator.of('EMC' as never))
    const kid = context.obj({ Type: 'MCR', MCID: mark }) as PDFDict
    kid.set(PDFName.of('Pg'), page.ref)
    element.kids.push(kid)
  }

  /** Draws what is not part of the text: rules, page numbers. */
  drawBeside(page: PDFPage, work: () => void): void {
    page.pushOperators(PDFOperator.of('BMC' as never, [PDFName.of('Artifact')]))
    work()
    page.pushOperators(PDFOperator.of('EMC' as never))
  }

  /** Writes the tree into the document. To be called once, last. */
  finish(language: string): void {
    const { context, catalog } = this.#document
    const numbers = PDFArray.withContext(context)
    let index = 0
    for (const [page, owners] of this.#pages) {
      page.node.set(PDFName.of('StructParents'), PDFNumber.of(index))
      page.node.set(PDFName.of('Tabs'), PDFName.of('S'))
      numbers.push(PDFNumber.of(index++))
      const list = PDFArray.withContext(context)
      for (const owner of owners) list.push(owner)
      numbers.push(list)
    }
    const root = context.obj({ Type: 'StructTreeRoot' }) as PDFDict
    const parents = PDFDict.withContext(context)
    parents.set(PDFName.of('Nums'), numbers)
    root.set(PDFName.of('K'), this.#body.ref)
    root.set(PDFName.of('ParentTree'), context.register(parents))
    root.set(PDFName.of('ParentTreeNextKey'), PDFNumber.of(index))
    context.assign(this.#root, root)
    catalog.set(PDFName.of('StructTreeRoot'), this.#root)
    catalog.set(PDFName.of('MarkInfo'), context.obj({ Marked: true }))
    catalog.set(PDFName.of('Lang'), PDFString.of(language))
    catalog.set(PDFName.of('ViewerPreferences'), context.obj({ DisplayDocTitle: true }))
  }

  #register(role: string, parent: PDFRef): Element {
    const { context } = this.#document
    const dict = context.obj({ Type: 'StructElem', S: role }) as PDFDict
    const kids = PDFArray.withContext(context)
    dict.set(PDFName.of('P'), parent)
    dict.set(PDFName.of('K'), kids)
    return { ref: context.register(dict), dict, kids }
  }
}

/** PDF strings outside text are written in Latin-1 here; other letters would need another encoding and say nothing more. */
function toLatin(text: string): string {
  return text.replace(/[^\u0020-\u00ff]/g, '?').replace(/[()\\]/g, ' ')
}
