import { parseScale, type Scale } from '@attune/measures'
import { parse } from 'yaml'

/** Every measure of the registry that can be read, by name. A text that cannot be read is left out: `readProgramme` reports those in use. */
export function parseScales(texts: ReadonlyMap<string, string>): readonly Scale[] {
  return [...texts.values()]
    .flatMap((text) => {
      const result = parseScale(parse(text, { maxAliasCount: 50 }))
      return 'scale' in result ? [result.scale] : []
    })
    .toSorted((one, other) => one.name.localeCompare(other.name, 'en'))
}
