// A file beside a form as it goes out. Whatever it holds, it is shown as its own kind and runs nothing; a version's file never changes, so that whoever
// has it asks no more.
import type { FormFile } from '@attune/forms'

export function presentFileHeaders(
  { kind, mediaType, sha256 }: Pick<FormFile, 'kind' | 'mediaType' | 'sha256'>,
  isVersioned: boolean,
): Record<string, string> {
  return {
    'content-type': kind === 'list' ? `${mediaType}; charset=utf-8` : mediaType,
    'content-security-policy': "default-src 'none'; sandbox; frame-ancestors 'none'",
    'content-disposition': 'inline',
    etag: `"${sha256}"`,
    'cache-control': isVersioned ? 'private, max-age=31536000, immutable' : 'private, no-cache',
  }
}
