// What may become markup or a script in this page, under `require-trusted-types-for 'script'`: the form engine's XML, read by a parser that runs
// nothing; a lone character entity, which the engine looks up that way; scripts of this origin. Anything else is a fault and is refused.

type Rules = { createHTML(text: string, kind: string, sink: string): string; createScriptURL(address: string): string }
type PolicyMaker = { createPolicy(name: 'default', rules: Rules): unknown }

const entity = /^&[A-Za-z0-9]{1,40};$/

/** The rules of the page's default policy: they give back what is allowed and throw a TypeError for everything else. */
export const trustedRules = (origin: string): Rules => ({
  createHTML(text, _kind, sink) {
    if (sink === 'DOMParser parseFromString' || entity.test(text)) return text
    throw new TypeError('Nothing becomes markup in this page.')
  },
  createScriptURL(address) {
    const whole = new URL(address, origin)
    if (whole.origin !== origin) throw new TypeError('Scripts come from this origin only.')
    return whole.href
  },
})

const maker = (globalThis as { trustedTypes?: PolicyMaker }).trustedTypes
maker?.createPolicy('default', trustedRules(location.origin))
