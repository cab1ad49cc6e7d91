export type Score = { readonly confidence: number; readonly because: string }
export const nobody: Score = { confidence: 0, because: '' }
