import type { DeviceAdded, DeviceView, ServiceDeviceView } from '@attune/contract'

type DeviceFacts = {
  readonly deviceId: string
  readonly scope: DeviceView['scope']
  readonly serviceId: string
  readonly name: string
  readonly madeAt: Date
  readonly endsAt: Date
  readonly usedOn: string | undefined
}

export function presentDevice({ deviceId, scope, name, madeAt, endsAt, usedOn }: DeviceFacts): DeviceView {
  return { deviceId, scope, name, madeAt: madeAt.toISOString(), endsAt: endsAt.toISOString(), usedOn: usedOn ?? null }
}

export const presentServiceDevice = (device: DeviceFacts & { readonly owner: string }): ServiceDeviceView => ({
  ...presentDevice(device),
  owner: device.owner,
  serviceId: device.serviceId,
})

/** The one reply that holds a token. */
export function presentConnected({
  device,
  server,
  user,
  token,
  setUp,
}: {
  device: DeviceFacts
  server: string
  user: string
  token: string
  setUp: string
}): DeviceAdded {
  return { device: presentDevice(device), server, user, token, setUp }
}
