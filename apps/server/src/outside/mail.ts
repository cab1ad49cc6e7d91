// Letters to people, sent by the mail server of the settings. A letter holds no answer, no score and no client code.
export type Letter = { to: string; subject: string; text: string; html?: string }

export type Mail = {
  /** True once a mail server has taken the letter; false when it waits in the outbox (store/accounts/outbox.ts). */
  send: (letter: Letter) => Promise<boolean>
}

/** Mail by a server (smtp:// or smtps://). A letter that it refuses goes to the outbox instead, so that nothing is lost. */
export function openMailServer({ url, from }: { url: string; from: string }, outbox: Mail): Mail {
  return {
    async send(letter) {
      const { createTransport } = await import('nodemailer')
      try {
        await createTransport(url).sendMail({
          from,
          to: letter.to,
          subject: letter.subject,
          text: letter.text,
          ...(letter.html !== undefined && { html: letter.html }),
          disableFileAccess: true,
          disableUrlAccess: true,
        })
        return true
      } catch {
        return outbox.send(letter)
      }
    },
  }
}
