// Files of a snapshot: written whole or not at all, and looked at again.
import { hash } from 'node:crypto'
import { closeSync, fsyncSync, openSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import type { ManifestDevice } from '../model/snapshot.ts'

/**
 * Writes a file whole or not at all, for its owner only unless `mode` says otherwise. The manifest is `durable`, and tells by length and digest whether a
 * configuration survived a loss of power; to wait for the disk after each of thousands would hold up all the others.
 */
export function replace(path: string, content: string | Uint8Array, { durable = false, mode = 0o600 } = {}): void {
  // Hidden, so that what a killed run leaves behind is nobody's configuration.
  const partial = join(dirname(path), `.${basename(path)}.${process.pid}.partial`)
  try {
    const file = openSync(partial, 'w', mode)
    try {
      writeFileSync(file, content)
      if (durable) fsyncSync(file)
    } finally {
      closeSync(file)
    }
    renameSync(partial, path)
  } catch (error) {
    rmSync(partial, { force: true })
    throw error
  }
}

/** Memory for one configuration at a time. */
let memory = Buffer.allocUnsafe(0)

/** A text in UTF-8, until the next one. */
export function bytesOf(text: string): Buffer {
  const size = Buffer.byteLength(text)
  if (memory.length < size) memory = Buffer.allocUnsafeSlow(Math.max(size, memory.length * 2))
  memory.write(text)
  return memory.subarray(0, size)
}

/** The digest that the manifest states of a file, in hex. */
export const digestOf = (bytes: Uint8Array): string => hash('sha256', bytes)

/** Whether the file of a device is there as the manifest describes it. */
export function isThere(dir: string, { file, bytes, sha256 }: ManifestDevice): boolean {
  try {
    const stored = readFileSync(join(dir, file ?? ''))
    return stored.length === bytes && digestOf(stored) === sha256
  } catch {
    return false
  }
}
