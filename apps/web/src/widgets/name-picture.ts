const width = 1200
const height = 460
const typeface = '"Atkinson Hyperlegible Next", sans-serif'

/** A typed name drawn as a signature: dark ink on white, as large as it fits. */
export async function toNamePicture(name: string): Promise<HTMLCanvasElement> {
  const canvas = document.createElement('canvas')
  canvas.width = width
  canvas.height = height
  const pen = canvas.getContext('2d')
  if (pen === null) return canvas
  await document.fonts.load(`italic 100px ${typeface}`).catch(() => [])
  pen.fillStyle = '#ffffff'
  pen.fillRect(0, 0, width, height)
  pen.fillStyle = '#14222b'
  pen.textBaseline = 'middle'
  pen.font = `italic 100px ${typeface}`
  const size = Math.min(160, (100 * (width - 120)) / Math.max(pen.measureText(name).width, 1))
  pen.font = `italic ${size}px ${typeface}`
  pen.fillText(name, 60, height / 2)
  return canvas
}
