// Draws the PNG icons that phones ask for from public/icon.svg. Run by hand when the mark changes:
// node --experimental-strip-types apps/web/build/draw-icons.ts
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { chromium } from 'playwright-core'

const folder = join(import.meta.dirname, '../public')
const mark = await readFile(join(folder, 'icon.svg'), 'utf8')
const drawings = [
  { name: 'icon-192.png', size: 192, share: 1 },
  { name: 'icon-512.png', size: 512, share: 1 },
  // Android cuts a maskable icon to any shape and keeps the inner 80 % circle.
  { name: 'icon-maskable-512.png', size: 512, share: 0.82 },
]

const browser = await chromium.launch({
  executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
})
for (const { name, size, share } of drawings) {
  const page = await browser.newPage({ viewport: { width: size, height: size } })
  const ground = share === 1 ? 'transparent' : '#0b5a5c'
  await page.setContent(
    `<body style="margin:0;display:grid;place-items:center;width:${size}px;height:${size}px;background:${ground}"><div style="width:${size * share}px;height:${size * share}px">${mark}</div></body>`,
  )
  await writeFile(join(folder, name), await page.screenshot({ omitBackground: true }))
  await page.close()
}
await browser.close()
