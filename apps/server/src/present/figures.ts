// Figures as Prometheus reads them: https://prometheus.io/docs/instrumenting/exposition_formats/
import type { Attune } from '../attune.ts'

export const figuresType = 'text/plain; version=0.0.4; charset=utf-8'

type Sample = readonly [labels: Readonly<Record<string, string>>, value: number]
export type StandingFigures = {
  readonly unsealedSeconds?: number
  readonly freeBytes?: number
  readonly backups?: readonly { readonly kind: string; readonly cycle: string; readonly ageSeconds: number | undefined; readonly late: boolean }[]
  readonly pools?: readonly { readonly name: string; readonly open: number; readonly idle: number; readonly waiting: number }[]
}
export type ProcessFigures = {
  readonly version: string
  readonly residentBytes: number
  readonly cpuSeconds: number
  readonly startedAtSeconds: number
}

const quote = (text: string) => `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n')}"`

function family(name: string, type: 'counter' | 'gauge' | 'histogram', help: string, samples: readonly Sample[]): string {
  if (samples.length === 0) return ''
  const lines = samples.map(([labels, value]) => `${name}${toLabels(labels)} ${value}`)
  return `# HELP ${name} ${help}\n# TYPE ${name} ${type}\n${lines.join('\n')}\n`
}

function toLabels(labels: Readonly<Record<string, string>>): string {
  const pairs = Object.entries(labels).map(([name, value]) => `${name}=${quote(value)}`)
  return pairs.length === 0 ? '' : `{${pairs.join(',')}}`
}

/** All figures as text: one family after the other, each with what it is. */
export function presentFigures(
  read: ReturnType<Attune['figures']['read']>,
  ready: Readonly<Record<string, boolean>>,
  standing: StandingFigures,
  self: ProcessFigures,
): string {
  const one = (value: number | undefined): Sample[] => (value === undefined ? [] : [[{}, value]])
  const { backups = [], pools = [] } = standing
  const { atMost, all, seconds } = read.times
  const times = [
    '# HELP attune_request_seconds How long requests took.',
    '# TYPE attune_request_seconds histogram',
    ...atMost.map(([end, count]) => `attune_request_seconds_bucket{le="${end}"} ${count}`),
    `attune_request_seconds_bucket{le="+Inf"} ${all}`,
    `attune_request_seconds_sum ${seconds}`,
    `attune_request_seconds_count ${all}\n`,
  ].join('\n')
  return [
    family('attune_info', 'gauge', 'The version that runs.', [[{ version: self.version }, 1]]),
    family(
      'attune_ready',
      'gauge',
      'Whether a part is ready (1) or not (0).',
      Object.entries(ready).map(([part, is]) => [{ part }, is ? 1 : 0]),
    ),
    family(
      'attune_requests_total',
      'counter',
      'Requests answered, by route of the table and status.',
      read.requests.map(({ labels, count }) => [labels, count]),
    ),
    times,
    family('attune_faults_total', 'counter', 'Faults written to the log of faults.', one(read.faults)),
    family(
      'attune_jobs_total',
      'counter',
      'Runs of what goes by the clock.',
      read.jobs.map(({ labels, count }) => [labels, count]),
    ),
    family('attune_log_unsealed_seconds', 'gauge', 'Age of the oldest event that is not sealed.', one(standing.unsealedSeconds)),
    family(
      'attune_backup_age_seconds',
      'gauge',
      'Age of the newest verified backup.',
      backups.flatMap(({ kind, cycle, ageSeconds }): Sample[] => (ageSeconds === undefined ? [] : [[{ kind, cycle }, ageSeconds]])),
    ),
    family(
      'attune_backup_late',
      'gauge',
      'Whether a backup is later than the policy allows (1) or not (0).',
      backups.map(({ kind, cycle, late }) => [{ kind, cycle }, late ? 1 : 0]),
    ),
    family('attune_disk_free_bytes', 'gauge', 'Space left where the installation lies.', one(standing.freeBytes)),
    family(
      'attune_database_connections',
      'gauge',
      'Connections of the pools.',
      pools.flatMap(({ name, open, idle, waiting }): Sample[] => [
        [{ pool: name, state: 'busy' }, open - idle],
        [{ pool: name, state: 'idle' }, idle],
        [{ pool: name, state: 'waited for' }, waiting],
      ]),
    ),
    family('attune_event_loop_seconds', 'gauge', 'Longest wait of the event loop since the last look.', one(read.loopSeconds)),
    family('process_resident_memory_bytes', 'gauge', 'Memory in use.', one(self.residentBytes)),
    family('process_cpu_seconds_total', 'counter', 'Processor time used.', one(self.cpuSeconds)),
    family('process_start_time_seconds', 'gauge', 'When this process began, since 1970.', one(self.startedAtSeconds)),
  ].join('')
}
