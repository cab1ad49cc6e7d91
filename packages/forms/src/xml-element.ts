/**
 * An element of a submission as the reader of XML left it: no document, no parser, no namespaces resolved.
 * `name` is the name as written (with its prefix, if any), `text` the element's own text with entities replaced.
 */
export type XmlElement = {
  readonly name: string
  readonly attributes: { readonly [name: string]: string }
  readonly children: readonly XmlElement[]
  readonly text: string
}
