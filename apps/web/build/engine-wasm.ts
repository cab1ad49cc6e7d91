import type { Plugin } from 'vite'

const engine = /[\\/]@getodk[\\/]xforms-engine[\\/]dist[\\/]index\.js$/
const dataUrl = /"data:application\/wasm;base64,([A-Za-z0-9+/=]+)"/g
const evaluation = /\beval\(func\)/g

/**
 * Takes the form engine's two WebAssembly files out of its script, where they lie as base64. As files they are a third smaller on the way,
 * need no parsing as text, and the service worker keeps them like anything else. The engine's glue also holds an `eval` for a feature of
 * WebAssembly that it does not use and that our content security policy would refuse; while it is there, nothing around it can be minified.
 */
export function engineWasm(): Plugin {
  return {
    name: 'attune-engine-wasm',
    apply: 'build',
    transform(code, id) {
      if (!engine.test(id.split('?')[0] ?? '')) return null
      let files = 0
      const withFiles = code.replace(dataUrl, (_literal, base64: string) => {
        files++
        const reference = this.emitFile({ type: 'asset', name: 'form-engine.wasm', source: Buffer.from(base64, 'base64') })
        return `import.meta.ROLLUP_FILE_URL_${reference}`
      })
      if (files !== 2) this.error(`The form engine should hold two WebAssembly files and holds ${files}. Has its version changed?`)
      return { code: withFiles.replace(evaluation, '(() => { throw new Error("The form engine makes no code at run time.") })()'), map: null }
    },
  }
}
