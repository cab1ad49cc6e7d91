// A folder as storage: on another disk, on a network drive, or one that another program carries away.
import { createReadStream } from 'node:fs'
import { mkdir, open, readdir, rename, rm } from 'node:fs/promises'
import path from 'node:path'
import { checkName, type Storage } from './storage.ts'

export function openFolderStorage(folder: string): Storage {
  const fileOf = (name: string) => path.join(folder, checkName(name))
  return {
    name: folder,
    async put(name, pieces) {
      await mkdir(folder, { recursive: true, mode: 0o700 })
      const aside = `${fileOf(name)}.part`
      const file = await open(aside, 'w', 0o600)
      let size = 0
      try {
        for await (const piece of pieces) {
          await file.write(piece)
          size += piece.length
        }
        await file.sync()
      } catch (error) {
        await file.close()
        await rm(aside, { force: true })
        throw error
      }
      await file.close()
      await rename(aside, fileOf(name))
      return size
    },
    get: (name) => createReadStream(fileOf(name), { highWaterMark: 256 * 1024 }),
    async list() {
      const names = await readdir(folder).catch((error: NodeJS.ErrnoException) => (error.code === 'ENOENT' ? [] : Promise.reject(error)))
      return names.filter((name) => !name.endsWith('.part')).sort()
    },
    remove: (name) => rm(fileOf(name), { force: true }),
  }
}
