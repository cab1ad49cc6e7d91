// Which widget shows which question: the first line that fits, from the most particular to the plainest.
import { appearancesOf, isCalculated, type QuestionNode } from '@attune/forms/engine'
import { defineAsyncComponent, type Component } from 'vue'
import AcknowledgeField from './AcknowledgeField.vue'
import CalculatedValue from './CalculatedValue.vue'
import CheckboxesField from './CheckboxesField.vue'
import ClientCodeField from './ClientCodeField.vue'
import DateField from './DateField.vue'
import NoteBlock from './NoteBlock.vue'
import NumberField from './NumberField.vue'
import RadiosField from './RadiosField.vue'
import RangeField from './RangeField.vue'
import RankField from './RankField.vue'
import SelectMenu from './SelectMenu.vue'
import TextAreaField from './TextAreaField.vue'
import TextField from './TextField.vue'
import UnsupportedField from './UnsupportedField.vue'

export { provideFormContext, useFormContext, type Entry, type FormContext } from './form-context.ts'
export { fieldId } from './field-id.ts'
export { RichText } from './rich-text.ts'
export type { Finding, TextGuard } from './text-guard.ts'

type Line = {
  readonly nodeType: QuestionNode['nodeType']
  readonly when?: (node: QuestionNode, looks: readonly string[]) => boolean
  readonly widget: Component
}

const has =
  (...names: readonly string[]) =>
  (_node: QuestionNode, looks: readonly string[]): boolean =>
    names.some((name) => looks.includes(name))
const valued =
  (...types: readonly string[]) =>
  (node: QuestionNode): boolean =>
    types.includes(node.valueType)

// Widgets that few forms use come when they are needed; the service worker keeps them on the device all the same.
const AutocompleteField = defineAsyncComponent(() => import('./AutocompleteField.vue'))
const BarcodeField = defineAsyncComponent(() => import('./BarcodeField.vue'))
const DateTimeField = defineAsyncComponent(() => import('./DateTimeField.vue'))
const DrawField = defineAsyncComponent(() => import('./DrawField.vue'))
const FileField = defineAsyncComponent(() => import('./FileField.vue'))
const GeoPointField = defineAsyncComponent(() => import('./GeoPointField.vue'))
const GeoTraceField = defineAsyncComponent(() => import('./GeoTraceField.vue'))
const PhotoField = defineAsyncComponent(() => import('./PhotoField.vue'))
const RangeMenu = defineAsyncComponent(() => import('./RangeMenu.vue'))
const RatingField = defineAsyncComponent(() => import('./RatingField.vue'))
const SignatureField = defineAsyncComponent(() => import('./SignatureField.vue'))
const TimeField = defineAsyncComponent(() => import('./TimeField.vue'))

const lines: readonly Line[] = [
  { nodeType: 'note', when: (node) => isCalculated(node), widget: CalculatedValue },
  { nodeType: 'note', widget: NoteBlock },
  { nodeType: 'input', when: (node) => isCalculated(node), widget: CalculatedValue },
  { nodeType: 'input', when: has('client-code'), widget: ClientCodeField },
  { nodeType: 'input', when: valued('date'), widget: DateField },
  { nodeType: 'input', when: valued('time'), widget: TimeField },
  { nodeType: 'input', when: valued('dateTime'), widget: DateTimeField },
  { nodeType: 'input', when: valued('int', 'decimal'), widget: NumberField },
  { nodeType: 'input', when: valued('geopoint'), widget: GeoPointField },
  { nodeType: 'input', when: valued('geotrace', 'geoshape'), widget: GeoTraceField },
  { nodeType: 'input', when: valued('barcode'), widget: BarcodeField },
  {
    nodeType: 'input',
    when: (node, looks) =>
      valued('string')(node) && (looks.includes('multiline') || (node.nodeOptions as { rows?: number | null } | null)?.rows != null),
    widget: TextAreaField,
  },
  { nodeType: 'input', when: valued('string'), widget: TextField },
  { nodeType: 'select', when: (node) => isCalculated(node), widget: CalculatedValue },
  { nodeType: 'select', when: (node, looks) => isOne(node) && looks.includes('image-map'), widget: RadiosField },
  { nodeType: 'select', when: (node, looks) => isOne(node) && looks.includes('minimal'), widget: SelectMenu },
  { nodeType: 'select', when: (node, looks) => isOne(node) && looks.includes('autocomplete'), widget: AutocompleteField },
  { nodeType: 'select', when: isOne, widget: RadiosField },
  { nodeType: 'select', widget: CheckboxesField },
  { nodeType: 'rank', widget: RankField },
  { nodeType: 'range', when: has('rating'), widget: RatingField },
  { nodeType: 'range', when: has('picker'), widget: RangeMenu },
  { nodeType: 'range', widget: RangeField },
  { nodeType: 'trigger', widget: AcknowledgeField },
  { nodeType: 'upload', when: has('signature'), widget: SignatureField },
  { nodeType: 'upload', when: has('draw', 'annotate'), widget: DrawField },
  { nodeType: 'upload', when: (node) => node.nodeType === 'upload' && node.nodeOptions.media.type === 'image', widget: PhotoField },
  { nodeType: 'upload', widget: FileField },
]

function isOne(node: QuestionNode): boolean {
  return node.nodeType === 'select' && node.selectType === 'select1'
}

/** The widget of a question; a question that none of them can show gets one that says so. */
export function findWidget(node: QuestionNode): Component {
  const looks = appearancesOf(node)
  return lines.find((line) => line.nodeType === node.nodeType && (line.when?.(node, looks) ?? true))?.widget ?? UnsupportedField
}
