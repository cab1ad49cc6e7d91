import type { TextRange, TextRole } from '@attune/forms/engine'

/** True when a label or choice has a picture, sound or film. Most have none, and forms have hundreds of them. */
export function hasMedia(text: TextRange<TextRole> | null | undefined): text is TextRange<TextRole> {
  return text != null && (text.imageSource !== undefined || text.audioSource !== undefined || text.videoSource !== undefined)
}
