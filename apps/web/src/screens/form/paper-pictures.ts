// The pictures of a form as paper takes them. A PDF holds PNG and JPEG; drawings and WebP are painted into a PNG first.
import { mediaUsesOf, type FormOutline } from '@attune/forms'
import type { FindFormFile } from '@attune/forms/engine'
import type { Picture } from '../../pdf/index.ts'
import { say } from '../../messages/index.ts'

const longestSide = 1200

/** The form's pictures by their names. One that is not to be had, or not to be read, is left out: the paper has its words. */
export async function findPaperPictures(outline: FormOutline, findFile: FindFormFile): Promise<ReadonlyMap<string, Picture>> {
  const names = new Set(mediaUsesOf(outline).flatMap(({ name, media }) => (media === 'image' ? [name] : [])))
  const found = await Promise.all(
    [...names].map(async (name) => {
      const file = await findFile(name)
      const picture = file === undefined ? undefined : await toPicture(file).catch(() => undefined)
      return picture === undefined ? [] : ([[name, picture]] as const)
    }),
  )
  return new Map(found.flat())
}

async function toPicture(file: Blob): Promise<Picture> {
  const says = say('form.picture')
  if (file.type === 'image/png' || file.type === 'image/jpeg') return { bytes: new Uint8Array(await file.arrayBuffer()), type: file.type, says }
  return { bytes: await paint(file), type: 'image/png', says }
}

async function paint(file: Blob): Promise<Uint8Array> {
  const address = URL.createObjectURL(file)
  try {
    const image = new Image()
    image.src = address
    await image.decode()
    // A drawing without a size of its own has none to the browser either.
    const [width, height] = [image.naturalWidth || 600, image.naturalHeight || 600]
    const scale = Math.min(4, longestSide / Math.max(width, height))
    const canvas = document.createElement('canvas')
    ;[canvas.width, canvas.height] = [Math.max(1, Math.round(width * scale)), Math.max(1, Math.round(height * scale))]
    canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height)
    const painted = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'))
    if (painted === null) throw new Error('The browser could not paint the picture.')
    return new Uint8Array(await painted.arrayBuffer())
  } finally {
    URL.revokeObjectURL(address)
  }
}
