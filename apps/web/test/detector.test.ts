// The detector in Chromium: the same table as in Node, the same findings, and no more to fetch than a phone should.
import { gzipSync } from 'node:zlib'
import { detect } from '@attune/detector'
import { beforeAll, expect, it } from 'vitest'
import { cases } from '../../../packages/detector/test/cases.ts'
import { hostilePieces, hostileText } from '../../../packages/detector/test/hostile.ts'
import { readMarked } from '../../../packages/detector/test/read-marked.ts'
import { readWritten } from '../../../packages/detector/test/sets.ts'
import { bundleDetector } from '../../../tools/bench-detector.ts'
import { useBrowser } from './walk.ts'

const browser = useBrowser()
let code = ''
beforeAll(async () => {
  code = await bundleDetector()
})

async function detectInChromium(texts: readonly string[]): Promise<unknown> {
  await browser.page.goto('about:blank')
  return browser.page.evaluate(
    ([source, given]) =>
      new Promise((resolve) => {
        Object.assign(globalThis, { given, resolve })
        const script = document.createElement('script')
        script.textContent = `${source}\nresolve(given.map((text) => attuneDetector.detect(text)))`
        document.body.append(script)
      }),
    [code, texts] as const,
  )
}

it('finds in Chromium exactly what it finds in Node: the table of cases, sentences by hand, hostile texts', async () => {
  const lines = cases.flatMap(({ hits, nearMisses, otherLanguages }) => [...hits, ...nearMisses, ...otherLanguages])
  const texts = [
    ...lines.map((line) => readMarked(line).text),
    ...readWritten('unseen').map(({ text }) => text),
    ...hostilePieces.map((piece) => hostileText(piece, 500)),
  ]
  expect(await detectInChromium(texts)).toEqual(texts.map((text) => detect(text)))
})

it('with all its lists it is at most 150 kB on the way to a phone', () => {
  expect(gzipSync(code, { level: 9 }).length).toBeLessThanOrEqual(150_000)
})
