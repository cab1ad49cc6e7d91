/** An archive holds a form and its files together. */
export const isArchive = (name: string): boolean => /\.zip$/i.test(name)

/**
 * Which of several files is the form, and which lie beside it. A .csv is the form only when it comes alone: beside a workbook it is a list.
 * @example sortDropped([{ name: 'form.xlsx' }, { name: 'towns.csv' }]) // { forms: [form.xlsx], others: [towns.csv] }
 */
export function sortDropped<File extends { readonly name: string }>(files: readonly File[]): { forms: readonly File[]; others: readonly File[] } {
  const isForm = ({ name }: File) => /\.(xlsx|xlsm|md|zip)$/i.test(name)
  const forms = files.filter(isForm)
  const [only] = files
  if (forms.length === 0 && files.length === 1 && only !== undefined && /\.csv$/i.test(only.name)) return { forms: [only], others: [] }
  return { forms, others: files.filter((file) => !isForm(file)) }
}
