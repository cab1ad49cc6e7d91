const borrowed = [
  'document',
  'DOMParser',
  'XMLSerializer',
  'Node',
  'Element',
  'Document',
  'XMLDocument',
  'Text',
  'Attr',
  'Comment',
  'CDATASection',
  'ProcessingInstruction',
  'CharacterData',
  'HTMLElement',
  'NodeList',
  'HTMLCollection',
  'NamedNodeMap',
  'DocumentFragment',
  'XPathResult',
  'XPathEvaluator',
] as const

/**
 * Lends the engine a page where there is no browser: call it with a jsdom window, in a worker or a test, before the first form is opened.
 * happy-dom and linkedom do not do: they lose the namespaces of XML.
 */
export function lendPage(window: object): void {
  for (const name of borrowed)
    Object.defineProperty(globalThis, name, { value: (window as Record<string, unknown>)[name], configurable: true, writable: true })
  // The engine's grammar is compiled by emscripten, which asks for this even inside a module.
  Object.defineProperty(globalThis, '__dirname', { value: '/', configurable: true, writable: true })
}
