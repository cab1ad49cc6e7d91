// The form list and manifest of the OpenRosa protocol, https://docs.getodk.org/openrosa-form-list/. Collect gives the whole list up when an id, a
// name or an address is missing, and wants addresses complete.
type ListedForm = { readonly formId: string; readonly version: string; readonly title: string; readonly md5: string }

const head = '<?xml version="1.0" encoding="UTF-8"?>'

export function presentFormList(forms: readonly ListedForm[], server: string): string {
  const rows = forms.map(({ formId, version, title, md5 }) => {
    const place = `${server}/formList/${encodeURIComponent(formId)}/${encodeURIComponent(version)}`
    const facts = { formID: formId, name: title, version, hash: `md5:${md5}`, downloadUrl: `${place}/form.xml`, manifestUrl: `${place}/manifest.xml` }
    return `<xform>${Object.entries(facts)
      .map(([name, value]) => `<${name}>${escape(value)}</${name}>`)
      .join('')}</xform>`
  })
  return `${head}<xforms xmlns="http://openrosa.org/xforms/xformsList">${rows.join('')}</xforms>`
}

/** Files that a form needs beside itself. Forms that are published here bring everything with them. */
export const presentManifest = (): string => `${head}<manifest xmlns="http://openrosa.org/xforms/xformsManifest"></manifest>`

/** A refusal as collecting apps show it to their user. */
export function presentOpenRosaRefusal({ title, detail }: { readonly title: string; readonly detail: string }): string {
  return `${head}<OpenRosaResponse xmlns="http://openrosa.org/http/response"><message nature="submit_error">${escape(`${title} ${detail}`)}</message></OpenRosaResponse>`
}

const escape = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
