import { create } from 'qrcode'

/** A QR code as one SVG path, with the four light modules around it that readers need (ISO/IEC 18004, 9.1). */
export type QrDrawing = { readonly size: number; readonly path: string }

const quiet = 4

export function drawQr(text: string): QrDrawing {
  const { modules } = create(text, { errorCorrectionLevel: 'M' })
  const steps: string[] = []
  for (let row = 0; row < modules.size; row += 1) {
    for (let column = 0; column < modules.size; column += 1) {
      if (modules.get(row, column) === 1) steps.push(`M${column + quiet} ${row + quiet}h1v1h-1z`)
    }
  }
  return { size: modules.size + quiet * 2, path: steps.join('') }
}
