import type { XmlElement } from '../xml-element.ts'
import type { SubmissionMeta } from './answers.ts'

/** The children that OpenRosa's metadata schema and ODK's entities allow; anything else in there is an answer nobody asked for. */
const known = new Set(['instanceID', 'instanceName', 'deprecatedID', 'timeStart', 'timeEnd', 'userID', 'deviceID', 'audit', 'entity'])

/** `element` is the meta block when everything in it is known, so that an unknown child is refused like any other stranger. */
export function readMeta(root: XmlElement): { meta: SubmissionMeta; element: XmlElement | undefined } {
  const element = root.children.find((child) => toLocalName(child.name) === 'meta')
  const texts = new Map(element?.children.map((child) => [toLocalName(child.name), child.text.trim()]))
  const meta: SubmissionMeta = {
    instanceId: texts.get('instanceID') ?? '',
    ...(texts.get('instanceName') ? { instanceName: texts.get('instanceName') ?? '' } : {}),
    ...(texts.get('deprecatedID') ? { deprecatedId: texts.get('deprecatedID') ?? '' } : {}),
  }
  const ordinary = element?.children.every(
    (child) => known.has(toLocalName(child.name)) && (child.children.length === 0 || toLocalName(child.name) === 'entity'),
  )
  return { meta, element: ordinary === true ? element : undefined }
}

function toLocalName(name: string): string {
  return name.slice(name.indexOf(':') + 1)
}
