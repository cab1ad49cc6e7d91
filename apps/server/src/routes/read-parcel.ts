// Reads an OpenRosa multipart request as it streams in, with a limit on everything: whole size, parts, names. Nothing touches the disk.
// https://docs.getodk.org/openrosa-form-submission/
import type { IncomingMessage } from 'node:http'
import busboy from 'busboy'
import {
  keptFactsPart,
  parseKeptFacts,
  parseShownDocuments,
  shownDocumentsPart,
  submissionLimitBytes,
  type KeptFacts,
  type ShownDocuments,
} from '@attune/contract'
import { isPlainFileName } from '../actions/submission/check-files.ts'
import type { Parcel, SubmittedFile } from '../actions/submission/submission.ts'
import { Problem } from '../problems.ts'

/** ODK Collect puts up to a hundred and one files into one request. */
export const parcelLimits = { bytes: submissionLimitBytes, parts: 110, fields: 20, fieldBytes: 1024, nameBytes: 120 } as const

const xmlPart = 'xml_submission_file'
const incompletePart = '*isIncomplete*'

/** Reads the parcel or rejects with the problem: `media-type-unknown`, `too-large`, `submission-malformed`. */
export function readParcel(request: IncomingMessage): Promise<Parcel> {
  const { headers } = request
  if (!/^multipart\/form-data\b/i.test(headers['content-type'] ?? '')) return Promise.reject(new Problem('media-type-unknown'))
  if (Number(headers['content-length'] ?? 0) > parcelLimits.bytes) return Promise.reject(new Problem('too-large'))
  return new Promise((resolve, reject) => {
    let xml: Buffer | undefined
    let incomplete = false
    let keptFacts: KeptFacts | undefined
    let shown: ShownDocuments | undefined
    let received = 0
    let settled = false
    const files: SubmittedFile[] = []
    const names = new Set<string>()

    const end = (settle: () => void) => {
      if (settled) return
      settled = true
      request.unpipe(parser)
      settle()
    }
    const refuse = (code: 'too-large' | 'submission-malformed') => end(() => reject(new Problem(code)))

    let parser: busboy.Busboy
    try {
      parser = busboy({
        headers,
        preservePath: true,
        // Apps write file names in UTF-8 (RFC 7578, 5.1); the parser's own default is Latin-1.
        defParamCharset: 'utf8',
        limits: {
          parts: parcelLimits.parts,
          files: parcelLimits.parts,
          fields: parcelLimits.fields,
          fieldSize: parcelLimits.fieldBytes,
          fieldNameSize: parcelLimits.nameBytes,
          fileSize: parcelLimits.bytes,
          headerPairs: 20,
        },
      })
    } catch {
      reject(new Problem('submission-malformed'))
      return
    }

    request.on('data', (chunk: Buffer) => {
      received += chunk.length
      if (received > parcelLimits.bytes) refuse('too-large')
    })
    request.on('aborted', () => refuse('submission-malformed'))
    request.on('error', () => refuse('submission-malformed'))
    parser.on('error', () => refuse('submission-malformed'))
    for (const limit of ['partsLimit', 'filesLimit', 'fieldsLimit'] as const) parser.on(limit, () => refuse('too-large'))
    parser.on('field', (name, value, { nameTruncated, valueTruncated }) => {
      if (nameTruncated || valueTruncated) return refuse('submission-malformed')
      if (name === incompletePart) incomplete = /^yes$/i.test(value)
      if (name === keptFactsPart) {
        if (keptFacts !== undefined) return refuse('submission-malformed')
        keptFacts = parseKeptFacts(value)
        if (keptFacts === undefined) refuse('submission-malformed')
      }
      if (name === shownDocumentsPart) {
        if (shown !== undefined) return refuse('submission-malformed')
        shown = parseShownDocuments(value)
        if (shown === undefined) refuse('submission-malformed')
      }
    })
    parser.on('file', (part, stream, { filename, mimeType }) => {
      const chunks: Buffer[] = []
      stream.on('data', (chunk: Buffer) => {
        if (!settled) chunks.push(chunk)
      })
      stream.on('limit', () => refuse('too-large'))
      // A body that is cut off ends the part with an error of its own; unheard, it would end the server.
      stream.on('error', () => refuse('submission-malformed'))
      stream.on('end', () => {
        if (settled) return
        const bytes = chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks)
        if (part === xmlPart) {
          if (xml !== undefined) return refuse('submission-malformed')
          xml = bytes
          return
        }
        if (!isPlainFileName(filename) || names.has(filename)) return refuse('submission-malformed')
        names.add(filename)
        files.push({ name: filename, type: mimeType, bytes })
      })
    })
    parser.on('close', () => {
      if (xml === undefined) return refuse('submission-malformed')
      const parcel: Parcel = { xml, files, incomplete, ...(keptFacts && { keptFacts }), ...(shown && { shown }) }
      end(() => resolve(parcel))
    })
    request.pipe(parser)
  })
}
