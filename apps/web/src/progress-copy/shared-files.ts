// Files that the device hands to the app: shared to it (the service worker keeps them in memory and gives them once), or opened with it from the
// device's file list (launchQueue). Neither way leaves the device.
type LaunchParams = { readonly files: readonly { getFile(): Promise<File> }[] }
type LaunchQueue = { setConsumer(take: (params: LaunchParams) => void): void }

let launched: Promise<File>[] = []
let tell: (() => void) | undefined

/** Listens for files that the device opens with the app; `arrived` is called when there are some. */
export function watchLaunchedFiles(arrived: () => void): void {
  tell = arrived
  const queue = (window as { launchQueue?: LaunchQueue }).launchQueue
  queue?.setConsumer(({ files }) => {
    if (files.length === 0) return
    launched = files.map((file) => file.getFile())
    tell?.()
  })
}

/** What was handed over and not yet taken; each file is given once. */
export async function takeSharedFiles(): Promise<File[]> {
  const opened = await Promise.all(launched)
  launched = []
  return [...opened, ...(await askServiceWorker())]
}

function askServiceWorker(): Promise<File[]> {
  const worker = navigator.serviceWorker?.controller
  if (worker == null) return Promise.resolve([])
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel()
    const patience = setTimeout(() => resolve([]), 1500)
    port1.onmessage = ({ data }: MessageEvent<File[]>) => {
      clearTimeout(patience)
      resolve(data)
    }
    worker.postMessage({ says: 'give-shared-files' }, [port2])
  })
}
