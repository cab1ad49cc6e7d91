/** The longest edge of a picture whose form sets none: enough to read a page, small enough to send from a car park. */
const longestEdge = 3000

/**
 * A photo drawn afresh at no more than `longest` pixels on its longer edge. Drawing it again leaves behind everything the camera wrote
 * into the file: place, time, make of phone (EXIF). A picture that cannot be read is refused rather than sent with all of that.
 */
export async function shrinkPicture(file: File, longest: number | null): Promise<File> {
  const picture = await createImageBitmap(file)
  const scale = Math.min(1, (longest ?? longestEdge) / Math.max(picture.width, picture.height))
  const canvas = document.createElement('canvas')
  canvas.width = Math.max(1, Math.round(picture.width * scale))
  canvas.height = Math.max(1, Math.round(picture.height * scale))
  canvas.getContext('2d')?.drawImage(picture, 0, 0, canvas.width, canvas.height)
  picture.close()
  const type = file.type === 'image/png' ? 'image/png' : 'image/jpeg'
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, type, 0.88))
  if (blob === null) throw new Error('The picture could not be drawn.')
  return new File([blob], `photo${type === 'image/png' ? '.png' : '.jpg'}`, { type, lastModified: file.lastModified })
}
