// A filled form as XML, from answers by question name: for records that come from elsewhere and for the demo. Devices use the form engine.
import type { FormOutline, OutlineNode } from '@attune/forms'

export type Given = { readonly [question: string]: string | readonly string[] | undefined }

const escape = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')

/** Every group in its place; questions without an answer stay empty. `extra` is put in before the meta block. */
export function toSubmissionXml(
  outline: FormOutline,
  given: Given,
  {
    instanceId,
    version = outline.version,
    formId = outline.formId,
    extra = '',
  }: { instanceId: string; version?: string; formId?: string; extra?: string },
): string {
  const write = (node: OutlineNode): string => {
    if (node.kind !== 'question') return `<${node.name}>${node.children.map(write).join('')}</${node.name}>`
    if (node.type === 'note') return ''
    const value = given[node.name]
    return value === undefined ? `<${node.name}/>` : `<${node.name}>${escape(typeof value === 'string' ? value : value.join(' '))}</${node.name}>`
  }
  const meta = `<orx:meta><orx:instanceID>uuid:${instanceId}</orx:instanceID></orx:meta>`
  return `<?xml version="1.0" encoding="UTF-8"?><${outline.rootName} id="${formId}" version="${version}" xmlns:orx="http://openrosa.org/xforms">${outline.children.map(write).join('')}${extra}${meta}</${outline.rootName}>`
}
