// Submissions as a device sends them: XML of the programme's own forms, filled from answers by name, in a multipart body.
import { randomBytes, randomUUID } from 'node:crypto'
import { shownDocumentsPart } from '@attune/contract'
import { generateClientCode } from '@attune/policy'
import { getFormOfKind, type Programme, type ProgrammeForm } from '@attune/programme'
import { hashShown } from '../src/actions/submission/shown-documents.ts'
import { toSubmissionXml, type Given } from '../src/actions/submission/to-submission-xml.ts'
import type { Client, Reply, TestAttune } from './attune.ts'

export type { Given }

type XmlOptions = { instanceId?: string; version?: string; formId?: string; extra?: string }

/** The form as XML; the instance id is random unless given. */
export function toXml(form: ProgrammeForm, given: Given, { instanceId = randomUUID(), ...options }: XmlOptions = {}): string {
  return toSubmissionXml(form.outline, given, { instanceId, ...options })
}

export const newCode = () => generateClientCode((count) => randomBytes(count), { symbols: 10 })

/** A complete first session; what is given replaces or, as undefined, removes an answer. */
export function sessionGiven(more: Given = {}): Given {
  return {
    client_consented: 'yes',
    signed_on: '2025-07-01',
    held_by_service: 'OK',
    service_copy: 'yes',
    code_source: 'form',
    client_code: newCode(),
    session_on: '2025-07-10',
    session_no: '1',
    time_point: 'before',
    session_mode: 'face-to-face',
    age_group: '2-4',
    other_support: ['health-visiting'],
    narrative_child: 'Curious, and looks for a shared smile.',
    narrative_relationship: 'They take more turns.',
    goal_1: 'Enjoy bath time',
    goal_1_rating: '4',
    measures_used: ['none'],
    ...more,
  }
}

export const itemsGiven = (name: string, scores: readonly number[]): Given =>
  Object.fromEntries(scores.map((score, at) => [`${name}_${at + 1}`, String(score)]))

export type Part = { readonly name: string; readonly fileName?: string; readonly type?: string; readonly content: string | Buffer }

export function toMultipart(parts: readonly Part[], boundary = 'a-boundary-of-tests'): { payload: Buffer; contentType: string } {
  const pieces = parts.flatMap(({ name, fileName, type, content }) => [
    Buffer.from(
      `--${boundary}\r\ncontent-disposition: form-data; name="${name}"${fileName === undefined ? '' : `; filename="${fileName}"`}\r\n${type === undefined ? '' : `content-type: ${type}\r\n`}\r\n`,
    ),
    Buffer.from(content),
    Buffer.from('\r\n'),
  ])
  return { payload: Buffer.concat([...pieces, Buffer.from(`--${boundary}--\r\n`)]), contentType: `multipart/form-data; boundary=${boundary}` }
}

/** Sends parts to the OpenRosa route and asks for JSON. */
export function sendParts(client: Client, parts: readonly Part[], headers: Record<string, string> = {}): Promise<Reply> {
  const { payload, contentType } = toMultipart(parts)
  return client.request('POST', '/submission', { body: payload, headers: { 'content-type': contentType, accept: 'application/json', ...headers } })
}

export const xmlPart = (xml: string): Part => ({ name: 'xml_submission_file', fileName: 'submission.xml', type: 'text/xml', content: xml })
export const sendXml = (client: Client, xml: string): Promise<Reply> => sendParts(client, [xmlPart(xml)])

/** The smallest PNG there is: one pixel. */
export const onePixel = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64')

type Practitioner = Client & { accountId: string }

/** The consent form as this person would sign it. */
export function consentGiven(client: { email: string; serviceName: string }, more: Given = {}): Given {
  return {
    policy_read: 'OK',
    data_use: 'OK',
    terms_accepted: 'OK',
    understanding: 'OK',
    device: 'OK',
    first_name: 'Robin',
    surname: 'Example',
    business_email: client.email,
    service_name: client.serviceName,
    signature: 'signature.png',
    ...more,
  }
}

export async function sendConsent(
  client: Client,
  programme: Programme,
  given: Given,
  options: { instanceId?: string; extra?: string; file?: Buffer; fileName?: string; shown?: string | null } = {},
): Promise<Reply> {
  const form = getFormOfKind(programme, 'practitioner-consent')
  const { instanceId, extra } = options
  const parts: Part[] = [xmlPart(toXml(form, given, { ...(instanceId !== undefined && { instanceId }), ...(extra !== undefined && { extra }) }))]
  // As the app does: the texts are printed from the policy that the server hands out.
  const shown = options.shown ?? JSON.stringify(hashShown((await client.get('/api/policy')).body))
  if (options.shown !== null) parts.push({ name: shownDocumentsPart, content: shown })
  if (given['signature'] !== undefined)
    parts.push({ name: 'signature', fileName: options.fileName ?? String(given['signature']), type: 'image/png', content: options.file ?? onePixel })
  return sendParts(client, parts)
}

/** The answers that pass the training. */
export function trainingAnswers({ policy }: Programme) {
  const questions = policy.training.units.flatMap((unit) => unit.questions)
  return {
    course: policy.training.course,
    version: policy.training.version,
    answers: Object.fromEntries(questions.map(({ id, right }) => [id, right])),
  }
}

/** A practitioner who has signed and passed the training: ready to send. */
export async function readyPractitioner(
  test: TestAttune,
  serviceId = 'north',
  person: { email?: string; firstName?: string; surname?: string } = {},
): Promise<Practitioner> {
  const { programme } = test.attune
  const email = person.email ?? `${randomUUID()}@example.org`
  const client = await test.as('practitioner', { serviceId, email })
  const standing = await client.get('/api/standing')
  const given = consentGiven(
    { email, serviceName: standing.body.prefill['service_name'] },
    { first_name: person.firstName ?? 'Robin', surname: person.surname ?? 'Example' },
  )
  const signed = await sendConsent(client, programme, given)
  if (signed.status !== 201) throw new Error(`signing: ${signed.text}`)
  const trained = await client.post('/api/training', trainingAnswers(programme))
  if (trained.body?.ready !== true) throw new Error(`training: ${trained.text}`)
  return client
}

/** Sends a session; the instance id is random unless given. */
export function sendSession(test: TestAttune, client: Client, more: Given = {}, options: XmlOptions = {}): Promise<Reply> {
  return sendXml(client, toXml(getFormOfKind(test.attune.programme, 'client-record'), sessionGiven(more), options))
}
