// Whether results speak about the code as it is: they must be there and be younger than the newest commit and the newest change in the tree.
import type { Results } from './read-results.ts'

/** What keeps results from being trusted, in sentences; none when they are fresh. Times are milliseconds since 1970. */
export function checkFreshness(results: Results, newestCommitAt: number | undefined, newestChangeAt: number | undefined): readonly string[] {
  const says: string[] = []
  if (results.runs.length === 0) return ['There are no test results. Run npm test first; until then nothing is proven.']
  if (results.missing.length > 0) says.push(`There are no results of the ${results.missing.join(' and ')} tests. What they prove is not counted.`)
  const stale = (than: number | undefined) => results.runs.filter((run) => than !== undefined && run.at < than).map((run) => run.project)
  const [beforeCommit, beforeChange] = [stale(newestCommitAt), stale(newestChangeAt)]
  if (beforeCommit.length > 0)
    says.push(`The results of the ${beforeCommit.join(' and ')} tests are older than the newest commit. Run npm test again.`)
  else if (beforeChange.length > 0) says.push(`Files have changed since the ${beforeChange.join(' and ')} tests ran. Run npm test again.`)
  return says
}
