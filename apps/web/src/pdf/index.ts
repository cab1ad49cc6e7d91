// PDFs made on this device, with no network. Loaded only when somebody asks for one.
export { makeBlank } from './make-blank.ts'
export { makeCopy } from './make-copy.ts'
export { makeDocumentPdf } from './make-document.ts'
export { readAttachment } from './read-attachment.ts'
export type {
  BlankContent,
  BlankQuestion,
  BlankSection,
  CopyContent,
  CopyNote,
  CopyRow,
  CopyScore,
  CopySection,
  Picture,
  SheetAttachment,
  SheetFacts,
} from './content.ts'
