import { readSubmission, type XmlElement } from '@attune/forms'
import type { ProgrammeForm } from '@attune/programme'
import { readXml } from './read-xml.ts'

/** The files that an accepted submission names, each with the path of its question. */
export function findAttachmentNames({ outline }: ProgrammeForm, xml: Uint8Array): { readonly name: string; readonly path: string }[] {
  const read = readXml(xml)
  if ('refused' in read) return []
  return readSubmission(outline, read.root).attachments.map((name) => ({ name, path: findPath(read.root, '', name) ?? '/' }))
}

function findPath(element: XmlElement, above: string, text: string): string | undefined {
  const path = `${above}/${element.name}`
  if (element.children.length === 0) return element.text === text ? path : undefined
  for (const child of element.children) {
    const found = findPath(child, path, text)
    if (found !== undefined) return found
  }
  return undefined
}
