// The front door of copies: what a practitioner saves at one session and opens at the next, checked and read on the device alone.
export { bringCopyKeys, findCopyKeys } from './copy-keys.ts'
export { forgetOpenedCopy, openedCopy, openFiles, takeOpened } from './opened-copy.ts'
export { attachmentName, mergeSessions, parseSession, type ProgressCopy, type ProgressSession } from './progress-copy.ts'
export { copyRefusals, readCertificate, signCopy, type CopyRefusal } from './signing.ts'
