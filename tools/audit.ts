// `npx attune audit …`: the log of every access as evidence. Checks it against its seals, proves single events, and checks such proofs.
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { sealAndAnchor, verifyWholeLog } from '../apps/server/src/actions/log/keep-log.ts'
import { readEnvironment } from '../apps/server/src/env.ts'
import { readAnchor } from '../apps/server/src/outside/anchor-places.ts'
import { isProven, proveEvent, type EventProof } from '../apps/server/src/store/log/prove-event.ts'
import type { FindingKind, LogFinding } from '../apps/server/src/store/log/verify-log.ts'
import { toLines, type Writer } from './writer.ts'
import { withAttune } from './with-attune.ts'

const help = `Usage: npx attune audit verify [--anchor FILE]…
       npx attune audit prove NUMBER
       npx attune audit check FILE

verify  reads the whole log and compares it with its seals and with the heads that were put elsewhere (ATTUNE_ANCHORS); --anchor adds one
        that you kept, such as a letter. Ends with 0 when everything agrees, with 1 otherwise.
prove   prints a proof that the event of this number is in the log, as JSON.
check   checks such a proof: against the head inside it, and the head against its signature. It needs no database.`

const sentences: { readonly [kind in FindingKind]: string } = {
  'event-changed': 'an event is not what was sealed',
  'event-deleted': 'an event that was sealed is gone',
  'event-forged': 'an event stands among sealed ones and was never sealed',
  'events-reordered': 'events stand in another order than they were sealed in',
  'time-implausible': 'the time of an event does not fit the time at which it was sealed: the clock was wrong or was changed',
  'batch-changed': 'a seal is not what was signed',
  'batch-missing': 'a seal is gone',
  'signature-broken': 'a seal is not signed by this installation’s key',
  'clock-went-back': 'a seal is older than the one before it: the clock was changed',
  'log-truncated': 'a head that lies elsewhere seals more than the log holds: its end was cut off',
  'history-differs': 'a head that lies elsewhere seals other events than the log holds: it was made again',
  'anchor-broken': 'a head that lies elsewhere is not of this log, or was changed there',
}

/** Runs the command and returns the exit code. */
export async function audit(args: readonly string[], outTo: Writer, errTo: Writer): Promise<number> {
  const [out, err] = [toLines(outTo), toLines(errTo)] as const
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { anchor: { type: 'string', multiple: true }, help: { type: 'boolean' } },
  })
  const [command, what] = positionals
  if (values.help === true) {
    out(help)
    return 0
  }
  if (command === 'check' && what !== undefined) {
    const proven = isProven(JSON.parse(readFileSync(what, 'utf8')) as EventProof)
    out(proven ? 'The proof holds. Compare the head in it with one that you kept.' : 'The proof does not hold.')
    return proven ? 0 : 1
  }
  if (command === 'verify') {
    const kept = (values.anchor ?? []).map((file) => readAnchor(readFileSync(file, 'utf8'), path.basename(file)))
    return withAttune({ environment: readEnvironment(), err: errTo }, async (attune) => {
      await sealAndAnchor(attune)
      const { batches, events, anchors, findings, last } = await verifyWholeLog(attune, kept)
      out(`${events} events in ${batches} batches, ${anchors} heads from elsewhere.${last === undefined ? '' : ` Sealed up to ${last.sealedAt}.`}`)
      for (const finding of findings) err(describe(finding))
      out(findings.length === 0 ? 'Everything agrees.' : `${findings.length} ${findings.length === 1 ? 'thing does' : 'things do'} not agree.`)
      return findings.length === 0 ? 0 : 1
    })
  }
  if (command === 'prove' && /^\d+$/.test(what ?? '')) {
    return withAttune({ environment: readEnvironment(), err: errTo }, async ({ databases, signer }) => {
      const proof = await proveEvent(databases.sealer, signer, Number(what))
      if (proof === undefined) err('There is no sealed event of this number.')
      else out(JSON.stringify(proof, undefined, 2))
      return proof === undefined ? 1 : 0
    })
  }
  err(help)
  return 2
}

function describe({ kind, batch, event, more }: LogFinding): string {
  const where = [batch === undefined ? '' : `batch ${batch}`, event === undefined ? '' : `event ${event}`, more ?? ''].filter((word) => word !== '')
  return `${kind}: ${sentences[kind]} (${where.join(', ')})`
}
