import { onBeforeUnmount, shallowRef, watch, type Ref } from 'vue'

/** An address for a file on this device, let go when the file changes or the widget goes away. */
export function useObjectUrl(file: () => Blob | null): Ref<string | undefined> {
  const url = shallowRef<string>()
  const letGo = (): void => {
    if (url.value !== undefined) URL.revokeObjectURL(url.value)
  }
  watch(
    file,
    (next) => {
      letGo()
      url.value = next === null ? undefined : URL.createObjectURL(next)
    },
    { immediate: true },
  )
  onBeforeUnmount(letGo)
  return url
}
