// The key that redaction makes its tokens with: without it nobody can try values against a token.
import { createHash, createHmac, randomBytes } from 'node:crypto'
import { chmodSync, linkSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { Trouble } from '../model/trouble.ts'
import { makeFolder } from './folder.ts'

/** Makes tokens; the same key makes the same token of the same value. */
export interface RedactionKey {
  /** Six hexadecimal digits that tell this key from others; they tell nothing of it. */
  readonly id: string
  /** `redacted-KEY-DIGEST`: one word that every configuration language takes. */
  tokenOf(value: string): string
  /** Why the key is good for this run only, in one sentence; null when it is on file. */
  readonly warning: string | null
}

const BYTES = 32
const WRITTEN = /^[\da-f]{64}\n?$/

/** Where the key is kept, by the XDG Base Directory Specification 0.8: state that is neither configuration nor cache. */
export function keyFile(env: NodeJS.ProcessEnv = process.env): string {
  const { XDG_STATE_HOME: state = '' } = env
  // A relative path there is to be ignored.
  return join(state.startsWith('/') ? state : join(env.HOME || homedir(), '.local', 'state'), 'iphelper-audit', 'redaction-key')
}

/**
 * The key on file; a new one where there is none. Where it cannot be stored, a key for this run with a warning: tokens of
 * two runs then cannot be compared. Throws Trouble when the file can be read by others or holds no key.
 */
export function loadRedactionKey(file: string = keyFile()): RedactionKey {
  try {
    return keyOf(read(file) ?? create(file), null)
  } catch (error) {
    if (error instanceof Trouble) throw error
    const { code } = error as NodeJS.ErrnoException
    const warning = `the redaction key cannot be kept in ${file} (${code}), so secrets blanked in this run cannot be compared with those of others; make its folder writable`
    return keyOf(randomBytes(BYTES), warning)
  }
}

/** A key out of its bytes. */
function keyOf(key: Buffer, warning: string | null): RedactionKey {
  const id = createHash('sha256').update('redaction key id').update(key).digest('hex').slice(0, 6)
  return {
    id,
    warning,
    tokenOf: value => `redacted-${id}-${createHmac('sha256', key).update(value).digest('hex').slice(0, 16)}`,
  }
}

/** Undefined where there is no such file. */
function read(file: string): Buffer | undefined {
  let text: string
  try {
    text = readFileSync(file, 'utf8')
    if (process.platform !== 'win32' && (statSync(file).mode & 0o077) !== 0)
      throw new Trouble('usage', `the redaction key ${file} can be read by others; remove it, or keep it with: chmod 600 ${file}`)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
  if (!WRITTEN.test(text))
    throw new Trouble('usage', `the redaction key ${file} is not 64 hexadecimal digits; remove it, and a new one is made`)
  return Buffer.from(text.trim(), 'hex')
}

/** Written beside and linked into place: of two processes at once the first wins, and both use its key. */
function create(file: string): Buffer {
  const folder = join(file, '..')
  makeFolder(folder, 0o700)
  chmodSync(folder, 0o700)
  const draft = `${file}.${process.pid}.${randomBytes(4).toString('hex')}`
  try {
    writeFileSync(draft, `${randomBytes(BYTES).toString('hex')}\n`, { mode: 0o600, flag: 'wx' })
    try {
      linkSync(draft, file)
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    }
  } finally {
    rmSync(draft, { force: true })
  }
  const stored = read(file)
  if (!stored) throw new Trouble('usage', `the redaction key ${file} was removed while it was made; run this again`)
  return stored
}
