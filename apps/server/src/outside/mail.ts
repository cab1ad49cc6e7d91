// Letters to people, taken out by the mail server of the settings. A letter holds no answer and no score.
import { createHash } from 'node:crypto'

export type Letter = { to: string; subject: string; text: string; html?: string }

/** Takes a letter out of here. Rejects when it does not; the letter then waits in the outbox (store/accounts/outbox.ts). */
export type Carrier = { readonly carry: (letter: Letter, id: string) => Promise<void> }

/** A mail server (smtp:// or smtps://). The id of a letter is its Message-ID: whoever gets the same letter twice is shown one. */
export function openMailServer({ url, from }: { url: string; from: string }): Carrier {
  return {
    async carry(letter, id) {
      const { createTransport } = await import('nodemailer')
      await createTransport({ url, connectionTimeout: 10_000, greetingTimeout: 10_000, socketTimeout: 20_000 }).sendMail({
        from,
        to: letter.to,
        subject: letter.subject,
        text: letter.text,
        messageId: `<${id}@${from.replace(/^.*@/, '').replaceAll(/[^\w.-]/g, '')}>`,
        ...(letter.html !== undefined && { html: letter.html }),
        disableFileAccess: true,
        disableUrlAccess: true,
      })
    },
  }
}

/** The same facts always give the same id, whoever writes the letter and however often. */
export function toLetterId(...facts: readonly string[]): string {
  const hex = createHash('sha256').update(JSON.stringify(facts)).digest('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}
