// The sessions of one client, filled in by the engine once and copied under other codes and ids: what load and fault runs send.
import { randomBytes, randomUUID } from 'node:crypto'
import { generateClientCode } from '@attune/policy'
import { fillForm } from './fill-form.ts'
import { sessionAnswers } from './session-answers.ts'

export type Sample = { readonly xml: string; readonly code: string; readonly instanceId: string }

/** A whole episode of one client: before, during, after. Filled once by the engine; ids and codes are changed for each copy. */
export async function fillEpisode(formXml: string, today: string): Promise<Sample[]> {
  const samples: Sample[] = []
  for (const [at, timePoint] of (['before', 'during', 'after'] as const).entries()) {
    const code = generateClientCode((count) => randomBytes(count), { symbols: 10 })
    const wish = {
      code,
      codeSource: 'form' as const,
      on: today,
      no: at + 1,
      timePoint,
      phq9: [2, 2, 1, 2, 1, 1, 1, 0, 0],
      gad7: [1, 2, 1, 1, 0, 1, 1],
    }
    const { xml, instanceId } = await fillForm(formXml, sessionAnswers(wish))
    samples.push({ xml, code, instanceId: instanceId.replace('uuid:', '') })
  }
  return samples
}

/** The same sessions of another client. */
export function copyEpisode(samples: readonly Sample[]): Sample[] {
  const code = generateClientCode((size) => randomBytes(size), { symbols: 10 })
  return samples.map((sample) => {
    const instanceId = randomUUID()
    return { xml: sample.xml.replaceAll(sample.code, code).replaceAll(sample.instanceId, instanceId), code, instanceId }
  })
}
