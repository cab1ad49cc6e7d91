/** The longest text that a rule such as `string-length(.) <= 500` allows, or undefined when it sets no such limit. */
export function findTextLimit(constraint: string): number | undefined {
  const match = /string-length\(\s*\.\s*\)\s*(<=|<)\s*(\d{1,7})(?![\d.])/.exec(constraint)
  if (match === null) return undefined
  return Number(match[2]) - (match[1] === '<' ? 1 : 0)
}
