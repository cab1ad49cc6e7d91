// Files beside a form, as the engine asks for them: by a jr: address, of which only the name counts.
import type { FetchFormAttachment } from '@getodk/xforms-engine'

/** A file of the form by its name, for example "towns.csv"; undefined when it is not to be had. */
export type FindFormFile = (name: string) => Promise<Blob | undefined>

/** The name of a file in an address of the form such as "jr://images/the%20dog.png". */
export function toFileName(address: string): string {
  const last = address.slice(address.lastIndexOf('/') + 1)
  try {
    return decodeURIComponent(last)
  } catch {
    return last
  }
}

const types: { readonly [ending: string]: string } = { csv: 'text/csv', xml: 'text/xml', geojson: 'application/geo+json' }

export function toFetchAttachment(findFile: FindFormFile): FetchFormAttachment {
  return async ({ href }) => {
    const name = toFileName(href)
    const file = await findFile(name)
    // An empty file is none to the engine either.
    const here = file !== undefined && file.size > 0
    const content = here ? file : new Blob([])
    const type = types[name.slice(name.lastIndexOf('.') + 1).toLowerCase()]
    return {
      ok: here,
      status: here ? 200 : 404,
      ...(type === undefined ? {} : { headers: new Headers({ 'content-type': type }) }),
      blob: () => Promise.resolve(content),
      text: () => content.text(),
    }
  }
}
