// `npx attune reset-sign-in E-MAIL`: for somebody who has lost password and second step alike, when nobody else can help.
import { resetSignIn } from '../apps/server/src/actions/factor/reset-sign-in.ts'
import { readEnvironment } from '../apps/server/src/env.ts'
import { Problem } from '../apps/server/src/problems.ts'
import { toLines, type Writer } from './writer.ts'
import { withAttune } from './with-attune.ts'

const help = `Usage: npx attune reset-sign-in E-MAIL

Takes away every way of signing in that the person has, signs them out everywhere, and makes a new invitation link.
Make sure who is asking before you run it. The log keeps that it happened.`

/** Runs the command and returns the exit code. */
export async function resetSignInCommand(args: readonly string[], outTo: Writer, errTo: Writer): Promise<number> {
  const [out, err] = [toLines(outTo), toLines(errTo)] as const
  const [email] = args
  if (email === undefined || args.includes('--help')) {
    out(help)
    return email === undefined ? 2 : 0
  }
  const environment = readEnvironment()
  const origin = environment.origin ?? `http://localhost:${environment.port}`
  return withAttune({ environment, err: errTo }, async (attune) => {
    try {
      const { link, endsAt, sent } = await resetSignIn(attune, { email, by: { role: 'system', serviceId: 'operator' }, origin })
      out(
        `${sent ? 'The person has been sent this link.' : 'Give the person this link.'} It works once, until ${endsAt.toISOString().slice(0, 10)}:\n${link}`,
      )
      return 0
    } catch (error) {
      if (!(error instanceof Problem)) throw error
      err(error.more.detail ?? 'Nobody with this address has an account. Nothing was changed.')
      return 1
    }
  })
}
