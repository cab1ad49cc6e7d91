// The form list and manifest of the OpenRosa protocol, https://docs.getodk.org/openrosa-form-list/. Collect gives the whole list up when an id, a
// name or an address is missing, and wants addresses complete.
import type { FormFile } from '@attune/forms'

type ListedForm = {
  readonly formId: string
  readonly version: string
  readonly title: string
  readonly md5: string
  readonly files: readonly FormFile[]
}

const head = '<?xml version="1.0" encoding="UTF-8"?>'

export function presentFormList(forms: readonly ListedForm[], server: string): string {
  const rows = forms.map((form) => {
    const { formId, version, title, md5, files } = form
    const place = toPlace(form, server)
    const facts = {
      formID: formId,
      name: title,
      version,
      hash: `md5:${md5}`,
      downloadUrl: `${place}/form.xml`,
      ...(files.length === 0 ? {} : { manifestUrl: `${place}/manifest.xml` }),
    }
    return `<xform>${toElements(facts)}</xform>`
  })
  return `${head}<xforms xmlns="http://openrosa.org/xforms/xformsList">${rows.join('')}</xforms>`
}

/** The files that lie beside a form; none where it brings everything with it. */
export function presentManifest(form: ListedForm, server: string): string {
  const place = toPlace(form, server)
  const rows = form.files.map(({ name, md5 }) => {
    const facts = { filename: name, hash: `md5:${md5}`, downloadUrl: `${place}/files/${encodeURIComponent(name)}` }
    return `<mediaFile>${toElements(facts)}</mediaFile>`
  })
  return `${head}<manifest xmlns="http://openrosa.org/xforms/xformsManifest">${rows.join('')}</manifest>`
}

const toPlace = ({ formId, version }: ListedForm, server: string) => `${server}/formList/${encodeURIComponent(formId)}/${encodeURIComponent(version)}`
const toElements = (facts: Readonly<Record<string, string>>) =>
  Object.entries(facts)
    .map(([name, value]) => `<${name}>${escape(value)}</${name}>`)
    .join('')

/** A refusal as collecting apps show it to their user. */
export function presentOpenRosaRefusal({ title, detail }: { readonly title: string; readonly detail: string }): string {
  return `${head}<OpenRosaResponse xmlns="http://openrosa.org/http/response"><message nature="submit_error">${escape(`${title} ${detail}`)}</message></OpenRosaResponse>`
}

const escape = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
