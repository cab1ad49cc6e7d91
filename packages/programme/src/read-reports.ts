// The report templates of a policy. A programme without any has whole reports only.
import { isReportPart, reportParts, type ReportPart, type ReportSection, type ReportTemplate } from '@attune/policy'
import type { Cursor } from './cursor.ts'
import { readUnique } from './read-list.ts'

export function readReports(root: Cursor): readonly ReportTemplate[] {
  const place = root.at('reports')
  if (place === undefined) return []
  return readUnique(
    place,
    (template: ReportTemplate) => template.id,
    (item) => {
      item.onlyKeys(['id', 'scope', 'label', 'use', 'sections'])
      return {
        id: item.need('id', 'a short word').id(),
        scope: item.need('scope', 'service or national').word(['service', 'national']),
        label: item.need('label', 'what it is called').text(),
        use: item.need('use', 'what it is for, in one sentence').text(),
        sections: readUnique(item.need('sections', 'what stands in it'), (section: ReportSection) => section.id, readSection),
      }
    },
  )
}

function readSection(item: Cursor): ReportSection {
  item.onlyKeys(['id', 'label', 'use', 'parts'])
  const place = item.need('parts', 'which parts of a report it shows')
  const words = place.items().map((one) => one.word([...reportParts]))
  if (!place.isMissing && words.length === 0) place.report('value-kind', `A section shows at least one part. Parts are: ${reportParts.join(', ')}.`)
  return {
    id: item.need('id', 'a short word').id(),
    label: item.need('label', 'its heading').text(),
    use: item.need('use', 'what it is for, in one sentence').text(),
    parts: words.filter((word): word is ReportPart => isReportPart(word)),
  }
}
