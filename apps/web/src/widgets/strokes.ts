// What a finger or a mouse drew: lines in parts of the pad's width, so that a drawing survives turning the phone.

export type Point = { readonly x: number; readonly y: number }
export type Stroke = { readonly ink: string; readonly width: number; readonly points: readonly Point[] }

/** Draws strokes onto a canvas of any size, rounded through the middles of neighbouring points. */
export function drawStrokes(canvas: HTMLCanvasElement, strokes: readonly Stroke[], background: CanvasImageSource | undefined): void {
  const pen = canvas.getContext('2d')
  if (pen === null) return
  const { width, height } = canvas
  pen.fillStyle = '#ffffff'
  pen.fillRect(0, 0, width, height)
  if (background !== undefined) pen.drawImage(background, 0, 0, width, height)
  pen.lineCap = 'round'
  pen.lineJoin = 'round'
  for (const stroke of strokes) {
    pen.strokeStyle = stroke.ink
    pen.lineWidth = stroke.width * width
    pen.beginPath()
    const points = stroke.points.map(({ x, y }) => ({ x: x * width, y: y * width }))
    const [first, ...rest] = points
    if (first === undefined) continue
    pen.moveTo(first.x, first.y)
    // A tap leaves a dot.
    if (rest.length === 0) pen.lineTo(first.x + 0.1, first.y)
    rest.forEach((point, index) => {
      const next = rest[index + 1]
      if (next === undefined) pen.lineTo(point.x, point.y)
      else pen.quadraticCurveTo(point.x, point.y, (point.x + next.x) / 2, (point.y + next.y) / 2)
    })
    pen.stroke()
  }
}

/** A canvas as a PNG file. */
export function toPng(canvas: HTMLCanvasElement, name: string, at: Date): Promise<File> {
  return new Promise((resolve, reject) => {
    canvas.toBlob(
      (blob) =>
        blob === null
          ? reject(new Error('The drawing could not be turned into a picture.'))
          : resolve(new File([blob], name, { type: 'image/png', lastModified: at.getTime() })),
      'image/png',
    )
  })
}
