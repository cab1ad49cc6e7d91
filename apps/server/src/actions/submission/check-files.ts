// Files that come with a form: only those that an answer names, each of the kind that its first bytes say (ASVS 5.2.2).
import type { SubmissionReading } from '@attune/forms'
import { raise } from '../../problems.ts'
import type { Parcel, SubmittedFile } from './submission.ts'

const starts: readonly { readonly type: string; readonly endings: readonly string[]; readonly bytes: readonly number[]; readonly at?: number }[] = [
  { type: 'image/png', endings: ['png'], bytes: [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a] },
  { type: 'image/jpeg', endings: ['jpg', 'jpeg'], bytes: [0xff, 0xd8, 0xff] },
  { type: 'image/webp', endings: ['webp'], bytes: [0x57, 0x45, 0x42, 0x50], at: 8 },
]

const longestFileName = 120

/** A name without a path, control characters or a leading dot; nothing else is ever used of it, but it is shown again to people. */
export function isPlainFileName(name: string | undefined): name is string {
  return (
    name !== undefined &&
    name.length > 0 &&
    name.length <= longestFileName &&
    !/[\p{Cc}\p{Cf}/\\]/u.test(name) &&
    !name.startsWith('.') &&
    name.normalize('NFC') === name
  )
}

/** The media type that a file's first bytes and its name agree on. */
export function findFileType({ name, bytes }: Pick<SubmittedFile, 'name' | 'bytes'>): string | undefined {
  const ending = name.slice(name.lastIndexOf('.') + 1).toLowerCase()
  return starts.find(({ endings, bytes: start, at = 0 }) => endings.includes(ending) && start.every((byte, index) => bytes[at + index] === byte))
    ?.type
}

const refuse = (why: string): never => raise('submission-invalid', { fields: [{ place: 'files', why }] })

/** Raises when a file is not asked for or is not what its name says. Names are places, so they are not repeated. */
export function checkFiles({ attachments }: Pick<SubmissionReading, 'attachments'>, { files }: Pick<Parcel, 'files'>): void {
  if (files.some(({ name }) => !attachments.includes(name))) refuse('there is a file that no answer of the form names')
  if (files.some((file) => findFileType(file) === undefined)) refuse('there is a file that is not a picture of the kind that its name says')
}

/** Raises when a file that the form names is neither in this parcel nor among those that arrived before. */
export function requireFiles(
  { attachments }: Pick<SubmissionReading, 'attachments'>,
  { files }: Pick<Parcel, 'files'>,
  arrived: readonly string[] = [],
): void {
  if (attachments.some((name) => !arrived.includes(name) && !files.some((file) => file.name === name)))
    refuse('a file that the form names is missing')
}
