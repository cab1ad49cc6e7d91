// What a process and everything below it has spent on the processor, from /proc (Linux). On a busy machine rates swing; the work per
// submission does not, so the bench prints both.
import { readdirSync, readFileSync } from 'node:fs'
import { setTimeout as pause } from 'node:timers/promises'

/** Ticks of /proc a second: USER_HZ, which Linux fixes at 100 on every architecture that Node runs on. */
const ticksPerSecond = 100

type Process = { readonly pid: number; readonly parent: number; readonly seconds: number }

function readProcesses(): Process[] {
  return readdirSync('/proc')
    .filter((entry) => /^\d+$/.test(entry))
    .flatMap((entry) => {
      try {
        // The name in parentheses may hold spaces: fields are counted from behind it.
        const fields = readFileSync(`/proc/${entry}/stat`, 'utf8').split(') ').at(-1)!.split(' ')
        const ticks = [fields[11], fields[12], fields[13], fields[14]].reduce((sum, field) => sum + Number(field), 0)
        return [{ pid: Number(entry), parent: Number(fields[1]), seconds: ticks / ticksPerSecond }]
      } catch {
        return []
      }
    })
}

/** Seconds of processor time that the processes below `pid` and it itself have used; undefined where there is no /proc. */
export function cpuSeconds(pid: number, { below }: { below: boolean }): number | undefined {
  if (process.platform !== 'linux') return undefined
  const all = readProcesses()
  const counted = new Set([pid])
  if (below) for (const { pid: child, parent } of all.sort((a, b) => a.pid - b.pid)) if (counted.has(parent)) counted.add(child)
  return all.filter((one) => counted.has(one.pid)).reduce((sum, one) => sum + one.seconds, 0)
}

/** Waits until a process has hardly worked for twenty seconds (what it begins with at its start is done), or for ten minutes. */
export async function untilIdle(pid: number): Promise<void> {
  const began = performance.now()
  for (let quiet = 0, spent = cpuSeconds(pid, { below: false }) ?? 0; quiet < 20 && performance.now() - began < 600_000;) {
    await pause(1000)
    const now = cpuSeconds(pid, { below: false }) ?? 0
    quiet = now - spent < 0.1 ? quiet + 1 : 0
    spent = now
  }
}
