// The detector off the page's own thread, so that typing never waits for it. Nothing leaves the device from here.
import { detect, type Finding } from '@attune/detector'

export type LookAsked = { readonly asked: number; readonly text: string; readonly roster: readonly string[] }
export type LookAnswer = { readonly asked: number; readonly findings: readonly Finding[] }

self.addEventListener('message', ({ data: { asked, text, roster } }: MessageEvent<LookAsked>) => {
  self.postMessage({ asked, findings: detect(text, { roster }) } satisfies LookAnswer)
})
