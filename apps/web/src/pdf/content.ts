// What a PDF says, in words that are ready to print. The screens fill it in; nothing here knows of forms or vaults.

export type Picture = { readonly bytes: Uint8Array; readonly type: 'image/png' | 'image/jpeg'; readonly says: string }
export type CopyRow = { readonly label: string; readonly answer: string; readonly answered: boolean; readonly picture?: Picture }
export type CopySection = { readonly title: string; readonly rows: readonly CopyRow[] }
export type CopyScore = { readonly name: string; readonly lines: readonly string[]; readonly says: readonly string[] }

/** What stands on every sheet whatever it is. `language` is a BCP 47 tag; `page` words the foot, for example "Page 2 of 3". */
export type SheetFacts = {
  readonly title: string
  readonly language: string
  /** Lines below the title: programme, edition of the notice, contact, day of printing. */
  readonly lines: readonly string[]
  readonly foot: string
  readonly page: (page: number, pages: number) => string
  /** Printed large across the top of each page when the facts are made up. */
  readonly demo: string | undefined
}

/** A file that lies inside the PDF. `says` names it for whoever finds it there. */
export type SheetAttachment = { readonly name: string; readonly says: string; readonly type: string; readonly text: string }
/** A heading with a few plain lines below it. */
export type CopyNote = { readonly title: string; readonly lines: readonly string[] }

export type CopyContent = SheetFacts & {
  /** Read before everything else, for somebody who never saw the form. */
  readonly opening?: string
  readonly closing?: CopyNote
  readonly attachment?: SheetAttachment
  readonly code: { readonly label: string; readonly shown: string } | undefined
  readonly scores: { readonly title: string; readonly note: string; readonly cards: readonly CopyScore[] }
  readonly sections: readonly CopySection[]
}

export type BlankQuestion = {
  readonly label: string
  readonly hint: string
  /** The picture that the question shows. */
  readonly picture?: Picture
  /** Pictures of its choices, where they have any, in their order. */
  readonly choicePictures?: readonly (Picture | undefined)[]
  /** How the answer is written by hand. */
  readonly answer:
    | { readonly kind: 'lines'; readonly count: number }
    | { readonly kind: 'boxes'; readonly choices: readonly string[]; readonly many: boolean }
    | { readonly kind: 'scale'; readonly values: readonly string[] }
    | { readonly kind: 'date'; readonly parts: readonly string[] }
    | { readonly kind: 'none' }
}
export type BlankSection = { readonly title: string; readonly says: readonly string[]; readonly questions: readonly BlankQuestion[] }
export type BlankContent = SheetFacts & { readonly sections: readonly BlankSection[] }
