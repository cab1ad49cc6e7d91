import type { IssueList, Place } from './issues.ts'

/** The names given so far inside one group, repeat or form, where each may be given once. */
export type NameBook = {
  readonly add: (name: string, place: Place, issues: IssueList) => void
  /** A name the compiler gives; the author's row is where a clash is reported. */
  readonly addGenerated: (name: string, place: Place, issues: IssueList) => void
}

export function toNameBook(): NameBook {
  const names = new Map<string, number>()
  const lower = new Set<string>()
  const add = (name: string, place: Place, { report }: IssueList, isGenerated: boolean): void => {
    const earlier = names.get(name)
    const small = name.toLowerCase()
    if (name === 'meta') report('name-meta', place)
    else if (earlier !== undefined) report(isGenerated ? 'generated-name-taken' : 'name-twice', place, { name, earlier })
    else if (!isGenerated && lower.has(small)) report('name-nearly-twice', place, { name })
    if (earlier === undefined) names.set(name, place.row)
    if (!isGenerated) lower.add(small)
  }
  return {
    add: (name, place, issues) => add(name, place, issues, false),
    addGenerated: (name, place, issues) => add(name, place, issues, true),
  }
}
