import { computed, defineComponent, h, type VNode } from 'vue'
import { readSvg, type SvgNode } from './read-svg.ts'

function draw(node: SvgNode): VNode {
  return h(
    node.name,
    node.attributes,
    node.children.map((child) => (typeof child === 'string' ? child : draw(child))),
  )
}

/** Shows an SVG text as real elements. Shows nothing when the text is not a drawing. */
export const SvgDrawing = defineComponent({
  name: 'SvgDrawing',
  props: { svg: { type: String, required: true } },
  setup(props) {
    const root = computed(() => readSvg(props.svg))
    return () => (root.value === undefined ? null : draw(root.value))
  },
})
