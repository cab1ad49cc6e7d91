import type { FastifyReply } from 'fastify'
import type { FileReply } from '../actions/form/form-files.ts'
import { presentFileHeaders } from '../present/form-file-reply.ts'

/** Answers with a file beside a form. `isVersioned`: under this address it never changes. */
export function sendFile(reply: FastifyReply, file: FileReply, isVersioned: boolean): never {
  reply.headers(presentFileHeaders(file, isVersioned))
  return file.content as never
}
