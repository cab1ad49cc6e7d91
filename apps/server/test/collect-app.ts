// A collecting app as ODK Collect's network code behaves: credentials only after a 401 and only over https, from then on with every request; HEAD
// before a submission, answered by exactly 204; files split by number and by the length that the server allows, each sent once; 201 or 202 is success
// and nothing else is; `deviceID` in every address and a date with a twelve-hour clock.
import { createHash } from 'node:crypto'
import { DOMParser, type Element } from '@xmldom/xmldom'
import type { TestAttune } from './attune.ts'
import { toMultipart, type Part } from './submission.ts'

export type ListedForm = { formId: string; name: string; version: string; hash: string; downloadUrl: string; manifestUrl: string | undefined }
export type Sent = { ok: boolean; statuses: number[]; message: string }
export type CollectApp = {
  /** Every request so far: method, path and whether it carried credentials. */
  readonly asked: { method: string; path: string; withToken: boolean }[]
  formList: () => Promise<ListedForm[]>
  /** The form, its hash checked. */
  download: (form: ListedForm) => Promise<string>
  /** The files beside the form, each fetched and its hash checked. */
  manifest: (form: ListedForm) => Promise<{ name: string; content: Buffer; type: string }[]>
  /** Sends one finished form; stops at the first answer that is no success. `lose` drops that request on its way. */
  send: (form: { name: string; xml: string; files?: Part[] }, options?: { lose?: number; filesPerRequest?: number }) => Promise<Sent>
}

type Raw = { status: number; headers: Record<string, string | undefined>; text: string; bytes: Buffer }

const texts = (within: Element, name: string) => [...within.getElementsByTagName(name)].map((one) => one.textContent ?? '')
const parse = (xml: string) => new DOMParser().parseFromString(xml, 'text/xml').documentElement!

export function makeCollectApp(test: TestAttune, { server, user, token }: { server: string; user: string; token: string }): CollectApp {
  const asked: CollectApp['asked'] = []
  let challenged = false
  const basic = `Basic ${Buffer.from(`${user}:${token}`).toString('base64')}`

  async function ask(method: 'GET' | 'HEAD' | 'POST', address: string, body?: Buffer, contentType?: string): Promise<Raw> {
    const url = new URL(address)
    if (url.origin !== server) throw new Error('Collect does not leave the host of its server.')
    url.searchParams.set('deviceID', 'collect:Zf3kQ0pXyT1u9aBc')
    const once = async (withToken: boolean): Promise<Raw> => {
      const path = url.pathname + url.search
      asked.push({ method, path, withToken })
      const reply = await test.app.inject({
        method,
        url: path,
        headers: {
          host: url.host,
          'x-forwarded-proto': 'https',
          'x-forwarded-for': '198.51.100.20',
          'x-openrosa-version': '1.0',
          'user-agent': 'org.odk.collect.android/v2026.2.1 Dalvik/2.1.0',
          date: 'Fri, 21 Nov 2025 10:00:00 AM GMT',
          ...(withToken && { authorization: basic }),
          ...(contentType !== undefined && { 'content-type': contentType }),
        },
        ...(body !== undefined && { payload: body }),
      })
      return { status: reply.statusCode, headers: reply.headers as Raw['headers'], text: reply.body, bytes: reply.rawPayload }
    }
    const first = await once(challenged)
    if (first.status !== 401 || challenged) return first
    if (!/^Basic\b/i.test(first.headers['www-authenticate'] ?? '') || url.protocol !== 'https:') return first
    challenged = true
    return once(true)
  }

  async function get(address: string): Promise<Raw> {
    const reply = await ask('GET', address)
    if (reply.status !== 200) throw new Error(`${reply.status} ${messageOf(reply.text)}`)
    return reply
  }

  return {
    asked,
    async formList() {
      const reply = await get(`${server}/formList`)
      if (reply.headers['x-openrosa-version'] === undefined) throw new Error('The answer is not from an OpenRosa server.')
      const list = parse(reply.text)
      if (list.localName !== 'xforms' || list.namespaceURI !== 'http://openrosa.org/xforms/xformsList')
        throw new Error('The list is not a form list.')
      return [...list.getElementsByTagName('xform')].map((form) => {
        const [formId, name, version, hash, downloadUrl, manifestUrl] = ['formID', 'name', 'version', 'hash', 'downloadUrl', 'manifestUrl'].map(
          (part) => texts(form, part)[0],
        )
        if (!formId || !name || !downloadUrl) throw new Error('The list has a form without an id, a name or an address: all of it is void.')
        return { formId, name, version: version ?? '', hash: hash ?? '', downloadUrl, manifestUrl }
      })
    },
    async download(form) {
      const { text } = await get(form.downloadUrl)
      if (form.hash !== `md5:${createHash('md5').update(text, 'utf8').digest('hex')}`) throw new Error('The form is not the one that the list named.')
      return text
    },
    async manifest(form) {
      if (form.manifestUrl === undefined) return []
      const { text } = await get(form.manifestUrl)
      const manifest = parse(text)
      if (manifest.namespaceURI !== 'http://openrosa.org/xforms/xformsManifest') throw new Error('The manifest is none.')
      const files = []
      for (const one of manifest.getElementsByTagName('mediaFile')) {
        const [filename, hash, downloadUrl] = ['filename', 'hash', 'downloadUrl'].map((part) => texts(one, part)[0])
        if (!filename || !hash || !downloadUrl) throw new Error('The manifest has a file without a name, a hash or an address: all of it is void.')
        const { bytes, headers } = await get(downloadUrl)
        if (hash !== `md5:${createHash('md5').update(bytes).digest('hex')}`) throw new Error('The file is not the one that the manifest named.')
        // Collect keeps the last part of a name only.
        files.push({ name: filename.slice(filename.lastIndexOf('/') + 1), content: bytes, type: headers['content-type'] ?? '' })
      }
      return files
    },
    async send({ name, xml, files = [] }, { lose, filesPerRequest = 100 } = {}) {
      const head = await ask('HEAD', `${server}/submission`)
      if (head.status !== 204) return { ok: false, statuses: [head.status], message: '' }
      const limit = Number(head.headers['x-openrosa-accept-content-length'] ?? 10 * 1024 * 1024)
      const statuses: number[] = []
      for (const [at, chunk] of split(files, filesPerRequest, limit).entries()) {
        const parts: Part[] = [{ name: 'xml_submission_file', fileName: `${name}.xml`, type: 'text/xml', content: xml }, ...chunk.files]
        if (chunk.more) parts.push({ name: '*isIncomplete*', content: 'yes' })
        if (at === lose) return { ok: false, statuses, message: 'The connection was lost.' }
        const { payload, contentType } = toMultipart(parts)
        const reply = await ask('POST', `${server}/submission`, payload, contentType)
        statuses.push(reply.status)
        if (reply.status !== 201 && reply.status !== 202) return { ok: false, statuses, message: messageOf(reply.text) }
      }
      return { ok: true, statuses, message: '' }
    },
  }
}

function split(files: readonly Part[], perRequest: number, limit: number): { files: Part[]; more: boolean }[] {
  const chunks: { files: Part[]; more: boolean }[] = [{ files: [], more: false }]
  let bytes = 0
  for (const file of files) {
    let chunk = chunks.at(-1)!
    if (chunk.files.length >= perRequest || (chunk.files.length > 0 && bytes + file.content.length > limit)) {
      chunk.more = true
      chunks.push((chunk = { files: [], more: false }))
      bytes = 0
    }
    chunk.files.push(file)
    bytes += file.content.length
  }
  return chunks
}

function messageOf(text: string): string {
  try {
    return texts(parse(text), 'message')[0] ?? ''
  } catch {
    return ''
  }
}
