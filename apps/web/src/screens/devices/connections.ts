import type { DeviceView } from '@attune/contract'
import { ref, shallowRef } from 'vue'
import { say } from '../../messages/index.ts'
import { toRefusal } from '../../refusal.ts'
import type { Refusal } from '../../refusal.ts'

/** Apps or programs that somebody looks after: reading the list, and disconnecting one of it. */
export function useConnections<Device extends DeviceView>(calls: {
  readonly read: () => Promise<readonly Device[]>
  readonly end: (deviceId: string) => Promise<unknown>
}) {
  const devices = shallowRef<readonly Device[]>()
  const refusal = shallowRef<Refusal>()
  const said = ref('')

  async function load(): Promise<void> {
    refusal.value = undefined
    try {
      devices.value = await calls.read()
    } catch (thrown) {
      refusal.value = toRefusal(thrown)
    }
  }

  async function disconnect({ deviceId, name }: DeviceView): Promise<void> {
    refusal.value = undefined
    try {
      await calls.end(deviceId)
      said.value = say('devices.disconnected', { name })
      await load()
    } catch (thrown) {
      refusal.value = toRefusal(thrown)
    }
  }

  return { devices, refusal, said, load, disconnect }
}
