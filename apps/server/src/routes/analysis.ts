// What a program of an analyst fetches with its token: aggregates of all services, as CSV. There is no address for it at which a record stands.
import type { FastifyInstance } from 'fastify'
import { ReportQuery, type QueryOf } from '@attune/contract'
import type { Attune } from '../attune.ts'
import { toLondonDay } from '../actions/london-day.ts'
import { runAnalysis } from '../actions/report/run-analysis.ts'
import { presentAnalysis } from '../present/analysis-table.ts'
import { presentReport } from '../present/report.ts'

const config = { door: 'second-factor', act: 'report.aggregate', foreignClients: 'analyse', purpose: 'analyse' } as const

export async function registerAnalysis(app: FastifyInstance, attune: Attune): Promise<void> {
  app.get('/analysis/figures.csv', { config, schema: { querystring: ReportQuery } }, async (request, reply) => {
    const query = request.query as QueryOf<'GET /api/reports/national'>
    const body = await runAnalysis(attune, request.device!, request.purpose, query, (facts) =>
      presentAnalysis(presentReport(attune.programme, facts, toLondonDay)),
    )
    return reply.type('text/csv; charset=utf-8').header('cache-control', 'no-store').send(body)
  })
}
