// One configuration file, whatever an editor or a terminal program saved it as.
import { createHash } from 'node:crypto'
import { readFileSync, statSync } from 'node:fs'
import type { Collected, CollectFailure } from '../model/inventory.ts'
import { replay } from '../terminal.ts'

/** What the caller knows of the device a file belongs to. */
export interface ConfigOwner {
  readonly device: string
  readonly site: string
  readonly platform: string
  /** What a manifest states of the file; absent where there is none. */
  readonly stated?: Stated
}

/** A file as a manifest describes it; null where it does not say. */
export interface Stated {
  readonly bytes: number | null
  /** In hex. */
  readonly sha256: string | null
  /** ISO 8601 time, UTC. */
  readonly collected_at: string
}

/** Reads one configuration. Trouble is data: a file that cannot be used is a device that failed. */
export function readConfig(file: string, { device, site, platform, stated }: ConfigOwner): Collected {
  const base = { device, site, platform, file }
  const failed = (reason: string): CollectFailure => ({ ...base, state: 'failed', reason })
  try {
    const bytes = readFileSync(file)
    const text = decode(bytes)
    if (text === null) return failed(`${file} holds binary data, not a configuration; save it as plain text`)
    if (text.trim() === '') return failed(`${file} is empty; collect the configuration again`)
    const sha256 = hashOf(bytes)
    const incomplete = stated ? departs(bytes.length, sha256, stated) : null
    return {
      ...base,
      state: 'collected',
      text,
      reread: () => readAgain(file, sha256),
      sha256,
      collected_at: (stated ? new Date(stated.collected_at) : statSync(file).mtime).toISOString(),
      incomplete,
      whole: stated !== undefined && incomplete === null && (stated.bytes !== null || stated.sha256 !== null),
    }
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    if (code === 'ENOENT') return failed(`there is no file ${file}; check the path`)
    if (code === 'EISDIR') return failed(`${file} is a folder, not a file; name the configuration in it`)
    return failed(`${file} cannot be read (${code ?? message}); check that you may read it`)
  }
}

/** Why a file is not what its manifest describes; null when it is. Another file than that proves nothing of the device. */
function departs(length: number, digest: string, { bytes, sha256 }: Stated): string | null {
  if (bytes !== null && length < bytes) return `it has ${length} of the ${bytes} bytes that the manifest states`
  const other = (bytes !== null && length !== bytes) || (sha256 !== null && digest !== sha256.toLowerCase())
  return other ? 'it is not the file that the manifest describes' : null
}

const hashOf = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex')

function readAgain(file: string, sha256: string): string | null {
  try {
    const bytes = readFileSync(file)
    return hashOf(bytes) === sha256 ? decode(bytes) : null
  } catch {
    return null
  }
}

/**
 * Text from bytes; null for binary data. Windows programs save captures as UTF-16 or with a byte order mark;
 * descriptions typed on old terminals are Latin-1, which never fails to decode.
 */
export function decode(bytes: Buffer): string | null {
  const text = plainText(bytes)
  return text === null ? null : replay(text)
}

function plainText(bytes: Buffer): string | null {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes)
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder('utf-16be').decode(bytes)
  let nuls = 0
  for (let at = bytes.indexOf(0); at >= 0; at = bytes.indexOf(0, at + 1)) nuls++
  // Some systems (Comware) pad their prompts with a NUL now and then: a capture with a few of them is still text.
  if (nuls * 200 > bytes.length) return null
  const text = utf8OrLatin1(bytes)
  return nuls > 0 ? text.replaceAll('\0', '') : text
}

function utf8OrLatin1(bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return bytes.toString('latin1')
  }
}
