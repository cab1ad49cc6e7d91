// What every chart returns and what every chart is given.
import type { ChartWords } from './words.ts'

/** The same figures as text cells, for the table beside the picture. */
export type ChartTable = { readonly columns: readonly string[]; readonly rows: readonly (readonly string[])[] }

/** A finished chart: the picture, its name, what it says in words, and its figures. */
export type Chart = { readonly svg: string; readonly title: string; readonly description: string; readonly table: ChartTable }

/** `idPrefix` makes ids unique on the page; `width` in CSS pixels decides the layout (320 to about 1,000; 640 if not given). */
export type ChartFrame = { readonly idPrefix: string; readonly title: string; readonly width?: number }

/** A frame with the words that stand in the chart. */
export type WordedFrame = ChartFrame & { readonly words: ChartWords }

/** A number that may be shown, or the sentence saying why it is not. */
export type ChartCell = { readonly shown: true; readonly value: number } | { readonly shown: false; readonly because: string }

/** Which way a score moves when things get better; `none` where neither end is better. */
export type ChartDirection = 'higher' | 'lower' | 'none'
