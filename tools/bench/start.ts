// From launching Node to the first answer, cold (a fresh folder: database made, demo loaded) and warm, beside bare Node; memory when idle.
import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import type { Figure } from '../bench.ts'
import { startServerProcess } from '../walk/server-process.ts'
import { untilIdle } from './cpu-time.ts'

/** Resident memory of a process in megabytes. */
function residentMb(pid: number): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8')
  return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024
}

/** Proportional memory of the database processes whose working directory lies below a folder. */
function databaseMb(home: string): number {
  let total = 0
  for (const pid of readdirSync('/proc').filter((entry) => /^\d+$/.test(entry))) {
    try {
      if (!readFileSync(`/proc/${pid}/environ`, 'latin1').includes(home) && !readFileSync(`/proc/${pid}/cmdline`, 'latin1').includes(home)) continue
      if (!readFileSync(`/proc/${pid}/comm`, 'utf8').startsWith('postgres')) continue
      total += Number(/Pss:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))?.[1] ?? 0) / 1024
    } catch {
      // Ended meanwhile, or not ours to read.
    }
  }
  return total
}

function bareNodeMs(): number {
  const began = performance.now()
  spawnSync(process.execPath, ['-e', '0'])
  return performance.now() - began
}

export async function measureStart(): Promise<Figure[]> {
  const node = `${bareNodeMs().toFixed(0)} ms bare Node`
  const first = await startServerProcess()
  const cold = first.startedInMs
  await first.stop()
  const warm: number[] = []
  for (let round = 0; round < 3; round++) {
    const server = await startServerProcess({ home: first.home })
    warm.push(server.startedInMs)
    await server.stop()
  }
  const idle = await startServerProcess({ home: first.home })
  // After a start the demo's records are replayed, in a thread with a page of its own that ends when nothing is left.
  await untilIdle(idle.pid)
  const memory = residentMb(idle.pid)
  const database = databaseMb(first.home)
  await idle.kill()
  const crashed = await startServerProcess({ home: first.home })
  await crashed.stop()
  await crashed.remove()
  const median = [...warm].sort((a, b) => a - b)[1] ?? 0
  return [
    { name: 'fresh folder to first answer (database made, demo loaded)', value: `${cold.toFixed(0)} ms`, beside: node },
    { name: 'warm start to first answer, median of 3', value: `${median.toFixed(0)} ms`, beside: `${node}; goal 5,000 ms` },
    { name: 'start after kill -9', value: `${crashed.startedInMs.toFixed(0)} ms`, beside: 'its database is adopted' },
    { name: 'memory of the idle server without PostgreSQL', value: `${memory.toFixed(0)} MB`, beside: 'goal 250 MB' },
    { name: 'memory of its PostgreSQL (proportional)', value: `${database.toFixed(0)} MB`, beside: '' },
  ]
}
