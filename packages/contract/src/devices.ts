// Other programs and their tokens: collecting apps (ODK Collect, KoboCollect), and programs that read (Excel, Power BI).
import { Type, type Static } from 'typebox'
import { closed, Day, Instant, ServiceId, Uuid } from './words.ts'

export const DeviceNew = closed({ name: Type.String({ minLength: 1, maxLength: 60, pattern: '\\S' }) })
export const DeviceView = closed({
  deviceId: Uuid,
  /** `collect`: an app that sends records. `read`: a program that reads them. `analyse`: one that fetches aggregates of all services. */
  scope: Type.Enum(['collect', 'read', 'analyse']),
  name: Type.String(),
  madeAt: Instant,
  endsAt: Instant,
  usedOn: Type.Union([Day, Type.Null()]),
})
export type DeviceView = Static<typeof DeviceView>
/** A program that reads the service's records: each read is a copy that the service answers for. */
export const ReadTokenNew = closed({ ...DeviceNew.properties, acceptResponsibility: Type.Boolean() })
/** As those who look after people see it: whose it is and where. */
export const ServiceDeviceView = closed({ ...DeviceView.properties, owner: Type.String(), serviceId: ServiceId })
export type ServiceDeviceView = Static<typeof ServiceDeviceView>
export const ServiceDevicesPage = closed({ devices: Type.Array(ServiceDeviceView) })
export const DevicesPage = closed({ devices: Type.Array(DeviceView) })

/** The token is shown once. `setUp` is the text of the QR code that ODK Collect scans: its settings as JSON, deflated, in base64. */
export const DeviceAdded = closed({ device: DeviceView, server: Type.String(), user: Type.String(), token: Type.String(), setUp: Type.String() })
export type DeviceAdded = Static<typeof DeviceAdded>

/** The token is shown once. `address` is that of the OData feed. */
export const ReadTokenAdded = closed({ device: DeviceView, address: Type.String(), user: Type.String(), token: Type.String() })
export type ReadTokenAdded = Static<typeof ReadTokenAdded>
