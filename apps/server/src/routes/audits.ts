import type { Attune } from '../attune.ts'
import { closeAudit } from '../actions/audit/close-audit.ts'
import { judgeText, readTexts } from '../actions/audit/judge-text.ts'
import { listAudits, listFindings } from '../actions/audit/list-audits.ts'
import { presentAudit, presentAudits, presentAuditText, presentFinding } from '../present/audits.ts'
import type { Answers } from './answers.ts'

export const auditAnswers = (attune: Attune): Answers => ({
  'GET /api/audits': async ({ actor, query }) => presentAudits(await listAudits(attune, actor, query)),
  'GET /api/audits/:auditId/findings': async ({ actor, params }) => ({
    findings: (await listFindings(attune, actor, params.auditId)).map(presentFinding),
  }),
  'GET /api/audits/:auditId/texts': async ({ actor, purpose, params }) => {
    const { texts, left } = await readTexts(attune, actor, purpose, params.auditId)
    return { texts: texts.map(presentAuditText), left }
  },
  'POST /api/audit-texts/:textId/verdict': async ({ actor, purpose, params, body }) => {
    const { left, text } = await judgeText(attune, actor, purpose, params.textId, body)
    return { left, text: text ?? null }
  },
  'POST /api/audits/:auditId/close': async ({ actor, params }) => presentAudit(await closeAudit(attune, actor, params.auditId)),
})
