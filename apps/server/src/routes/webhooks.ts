import type { Attune } from '../attune.ts'
import { endWebhook, getWebhook, listWebhooks, makeWebhook, testWebhook } from '../actions/webhook/webhooks.ts'
import { presentDelivery, presentWebhook } from '../present/webhooks.ts'
import type { Answers } from './answers.ts'

export const webhookAnswers = (attune: Attune): Answers => ({
  'GET /api/webhooks': async ({ actor }) => ({
    webhooks: (await listWebhooks(attune, actor)).map(({ webhook, deliveries }) => presentWebhook(webhook, deliveries[0])),
  }),
  'POST /api/webhooks': async ({ actor, signedIn, body }) => {
    const webhook = await makeWebhook(attune, signedIn.session, actor, body)
    return { webhook: presentWebhook(webhook, undefined), secret: webhook.target.secret }
  },
  'GET /api/webhooks/:webhookId': async ({ actor, params }) => {
    const { webhook, deliveries } = await getWebhook(attune, actor, params.webhookId)
    return { webhook: presentWebhook(webhook, deliveries[0]), deliveries: deliveries.map(presentDelivery) }
  },
  'POST /api/webhooks/:webhookId/test': async ({ actor, params }) => {
    await testWebhook(attune, actor, params.webhookId)
    return { done: true }
  },
  'DELETE /api/webhooks/:webhookId': async ({ actor, params }) => {
    await endWebhook(attune, actor, params.webhookId)
    return { done: true }
  },
})
