// A signed-in caller over plain HTTP, as a program would be: keeps the cookie, sends the purpose, reads problems.
import type { DemoPerson, Problem, SessionView } from '@attune/contract'
import type { Role } from '@attune/policy'

export type Reply<T> = { readonly status: number; readonly headers: Headers; readonly body: T }

export type Caller = {
  readonly session: SessionView
  readonly cookie: string
  call<T>(method: string, path: string, options?: { body?: unknown; purpose?: string; accept?: string }): Promise<Reply<T>>
  submit(parts: readonly { name: string; fileName: string; type: string; content: string | Uint8Array }[]): Promise<Reply<string>>
}

const readReply = async <T>(reply: Response): Promise<Reply<T>> => {
  const type = reply.headers.get('content-type') ?? ''
  const body = type.includes('json') ? await reply.json() : type.includes('zip') ? new Uint8Array(await reply.arrayBuffer()) : await reply.text()
  return { status: reply.status, headers: reply.headers, body: body as T }
}

/** The people of the demo. */
export async function demoPeople(url: string): Promise<DemoPerson[]> {
  const reply = await fetch(`${url}/api/demo/people`)
  return ((await reply.json()) as { people: DemoPerson[] }).people
}

/** Signs in as a person of the demo with this role (the first, or the one of the service named; `at` counts those that fit from 0). */
export async function signInDemo(url: string, role: Role, serviceName?: string, at = 0): Promise<Caller> {
  const fitting = (await demoPeople(url)).filter((one) => one.role === role && (serviceName === undefined || one.serviceName === serviceName))
  const person = fitting[at]
  if (person === undefined) throw new Error(`the demo has no ${role}`)
  const reply = await fetch(`${url}/api/demo/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: url },
    body: JSON.stringify({ personId: person.personId }),
  })
  if (!reply.ok) throw new Error(`signing in as ${role}: ${((await reply.json()) as Problem).title}`)
  const cookie = (reply.headers.getSetCookie()[0] ?? '').split(';')[0] ?? ''
  const session = (await reply.json()) as SessionView
  const headers = (more: Record<string, string | undefined>) => {
    const all: Record<string, string> = { cookie, origin: url }
    for (const [name, value] of Object.entries(more)) if (value !== undefined) all[name] = value
    return all
  }
  return {
    session,
    cookie,
    async call<T>(method: string, path: string, options: { body?: unknown; purpose?: string; accept?: string } = {}) {
      const sent = options.body === undefined ? {} : { body: JSON.stringify(options.body) }
      const reply = await fetch(url + path, {
        method,
        headers: headers({
          'content-type': options.body === undefined ? undefined : 'application/json',
          'attune-purpose': options.purpose,
          accept: options.accept,
        }),
        ...sent,
      })
      return readReply<T>(reply)
    },
    async submit(parts) {
      const form = new FormData()
      for (const part of parts) form.append(part.name, new Blob([part.content as BlobPart], { type: part.type }), part.fileName)
      return readReply<string>(await fetch(`${url}/submission`, { method: 'POST', headers: headers({ 'x-openrosa-version': '1.0' }), body: form }))
    },
  }
}
