// Routes about programs that act for a person: collecting apps that send, and programs that read.
import * as device from './devices.ts'
import type { Route } from './route.ts'
import { closed, Done, Uuid } from './words.ts'

const deviceParams = closed({ deviceId: Uuid })

export const deviceRoutes = {
  'GET /api/devices': { summary: 'My collecting apps', door: 'second-factor', act: 'record.submit', reply: device.DevicesPage },
  'POST /api/devices': {
    summary: 'Connect a collecting app',
    door: 'second-factor',
    act: 'record.submit',
    body: device.DeviceNew,
    status: 201,
    reply: device.DeviceAdded,
  },
  'DELETE /api/devices/:deviceId': {
    summary: 'Disconnect a collecting app',
    door: 'second-factor',
    act: 'record.submit',
    params: deviceParams,
    reply: Done,
  },
  'GET /api/read-tokens': {
    summary: "Programs of mine that read my service's records",
    door: 'second-factor',
    act: 'record.download',
    needsPurpose: true,
    reply: device.DevicesPage,
  },
  'POST /api/read-tokens': {
    summary: 'Connect a program that reads, such as Excel or Power BI',
    door: 'second-factor',
    act: 'record.download',
    needsPurpose: true,
    body: device.ReadTokenNew,
    status: 201,
    reply: device.ReadTokenAdded,
  },
  'DELETE /api/read-tokens/:deviceId': {
    summary: 'Disconnect a program that reads',
    door: 'second-factor',
    act: 'record.download',
    needsPurpose: true,
    params: deviceParams,
    reply: Done,
  },
  'GET /api/analysis-tokens': {
    summary: 'Programs of mine that fetch aggregates for analysis',
    door: 'second-factor',
    act: 'report.aggregate',
    needsPurpose: true,
    reply: device.DevicesPage,
  },
  'POST /api/analysis-tokens': {
    summary: 'Connect a program that fetches aggregates',
    door: 'second-factor',
    act: 'report.aggregate',
    needsPurpose: true,
    body: device.DeviceNew,
    status: 201,
    reply: device.ReadTokenAdded,
  },
  'DELETE /api/analysis-tokens/:deviceId': {
    summary: 'Disconnect one of them',
    door: 'second-factor',
    act: 'report.aggregate',
    needsPurpose: true,
    params: deviceParams,
    reply: Done,
  },
  'GET /api/service-devices': {
    summary: 'Collecting apps of the people I look after',
    door: 'second-factor',
    act: 'person.list',
    reply: device.ServiceDevicesPage,
  },
  'DELETE /api/service-devices/:deviceId': {
    summary: 'Disconnect one of them',
    door: 'second-factor',
    act: 'person.remove',
    params: deviceParams,
    reply: Done,
  },
} as const satisfies { readonly [name: string]: Route }
