import { forgetDeliveries, sendDeliveries } from '../actions/webhook/send-deliveries.ts'
import type { Job } from './job.ts'

export const webhookJobs: readonly Job[] = [
  { name: 'send-webhooks', timing: { everySeconds: 10 }, run: (attune, signal) => sendDeliveries(attune, signal) },
  { name: 'forget-webhooks', timing: { dailyAt: '03:40' }, run: async (attune) => ({ forgotten: await forgetDeliveries(attune) }) },
]
