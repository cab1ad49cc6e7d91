// The routes by which a service reads, looks through and downloads its own records.
import { codeRequestRoutes } from './code-requests.ts'
import * as record from './record.ts'
import type { Route } from './route.ts'
import { closed, Uuid } from './words.ts'

const recordParams = closed({ recordId: Uuid })

export const recordRoutes = {
  'GET /api/records': {
    summary: 'Records of my service',
    door: 'second-factor',
    act: 'record.list',
    needsPurpose: true,
    query: record.RecordsQuery,
    reply: record.RecordsPage,
  },
  'GET /api/records/:recordId': {
    summary: 'One record of my service',
    door: 'second-factor',
    act: 'record.read',
    needsPurpose: true,
    params: recordParams,
    reply: record.RecordView,
  },
  'GET /api/practitioners': {
    summary: 'Practitioners of my service',
    door: 'second-factor',
    act: 'practitioner.list',
    needsPurpose: true,
    reply: record.PractitionersPage,
  },
  'POST /api/records/find-code': {
    summary: 'Find a lost client code by practitioner and day',
    door: 'second-factor',
    act: 'record.find-code',
    needsPurpose: true,
    body: record.CodeSearch,
    reply: record.CodeSearchReply,
  },
  'GET /api/completeness': {
    summary: 'Clients of my service whose sessions are not complete yet, and why',
    door: 'second-factor',
    act: 'record.list',
    needsPurpose: true,
    reply: record.CompletenessPage,
  },
  ...codeRequestRoutes,
  'POST /api/downloads': {
    summary: "Download my service's records after accepting responsibility",
    door: 'second-factor',
    act: 'record.download',
    needsPurpose: true,
    body: record.DownloadOrder,
    reply: 'application/zip',
  },
} as const satisfies { readonly [route: string]: Route }
