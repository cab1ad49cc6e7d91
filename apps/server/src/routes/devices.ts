import type { Attune } from '../attune.ts'
import { listAnalysisTokens, makeAnalysisToken } from '../actions/device/analysis-tokens.ts'
import { listReadTokens, makeReadToken } from '../actions/device/read-tokens.ts'
import {
  connectDevice,
  deviceUser,
  disconnectOwnDevice,
  disconnectServiceDevice,
  listOwnDevices,
  listServiceDevices,
} from '../actions/device/devices.ts'
import { presentConnected, presentDevice, presentServiceDevice } from '../present/devices.ts'
import type { Answers } from './answers.ts'
import { toServer } from './connection.ts'

export const deviceAnswers = (attune: Attune): Answers => ({
  'GET /api/devices': async ({ actor }) => ({ devices: (await listOwnDevices(attune, actor)).map(presentDevice) }),
  'POST /api/devices': async ({ actor, signedIn, body, request }) =>
    presentConnected(await connectDevice(attune, signedIn.session, actor, body.name, toServer(request, attune.environment.origin))),
  'DELETE /api/devices/:deviceId': async ({ actor, params }) => {
    await disconnectOwnDevice(attune, actor, params.deviceId)
    return { done: true }
  },
  'GET /api/read-tokens': async ({ actor }) => ({ devices: (await listReadTokens(attune, actor)).map(presentDevice) }),
  'POST /api/read-tokens': async ({ actor, signedIn, body, purpose, request }) => {
    const { token, ...device } = await makeReadToken(attune, signedIn.session, actor, purpose, body)
    const address = `${toServer(request, attune.environment.origin)}/odata/`
    return { device: presentDevice(device), address, user: deviceUser, token }
  },
  'DELETE /api/read-tokens/:deviceId': async ({ actor, params }) => {
    await disconnectOwnDevice(attune, actor, params.deviceId)
    return { done: true }
  },
  'GET /api/analysis-tokens': async ({ actor }) => ({ devices: (await listAnalysisTokens(attune, actor)).map(presentDevice) }),
  'POST /api/analysis-tokens': async ({ actor, signedIn, body, purpose, request }) => {
    const { token, ...device } = await makeAnalysisToken(attune, signedIn.session, actor, purpose, body)
    const address = `${toServer(request, attune.environment.origin)}/analysis/figures.csv`
    return { device: presentDevice(device), address, user: deviceUser, token }
  },
  'DELETE /api/analysis-tokens/:deviceId': async ({ actor, params }) => {
    await disconnectOwnDevice(attune, actor, params.deviceId)
    return { done: true }
  },
  'GET /api/service-devices': async ({ actor }) => ({ devices: (await listServiceDevices(attune, actor)).map(presentServiceDevice) }),
  'DELETE /api/service-devices/:deviceId': async ({ actor, params }) => {
    await disconnectServiceDevice(attune, actor, params.deviceId)
    return { done: true }
  },
})
