// How a redundancy group authenticates, told without the secret: equal settings have equal tokens.
import { createHash } from 'node:crypto'
import type { Authentication } from '../model/device.ts'
import { mayBeRedacted, tokenIn } from './redacted.ts'

/** What a command says of authentication; the line is stamped where the fact is folded. */
export type Credential = Omit<Authentication, 'line'>

/** What HSRP sends where nothing is configured (RFC 2281): public, and saying so changes nothing. */
export const DEFAULT_TEXT = 'cisco'
/** The string of text authentication; undefined for the default. */
export function textCredential(value: string | undefined): Credential | undefined {
  return value === undefined || value === DEFAULT_TEXT ? undefined : clear('text', value)
}

/** An MD5 key as typed (`type` 0 or none), reversibly hidden (7), or in a form that tells nothing. */
export function keyCredential(key: string | undefined, type = '0'): Credential | undefined {
  if (key === undefined) return undefined
  const token = tokenIn(key)
  if (token && (token.opaque || !['0', '7'].includes(type)))
    return { token: `hidden:${token.key}:${token.digest}`, comparable: false }
  const text = type === '0' || mayBeRedacted(key) ? key : type === '7' ? reveal(key) : undefined
  return text === undefined ? { token: `hidden:${digest(key)}`, comparable: false } : clear('md5', text)
}

/** A key chain: its name says nothing of the keys in it. */
export function chainCredential(name: string | undefined): Credential | undefined {
  return name === undefined ? undefined : { token: `chain:${digest(name)}`, comparable: false }
}

/** A secret in clear text, or what redaction put in its place: then the key it was made with is part of the token. */
function clear(label: 'text' | 'md5', text: string): Credential {
  const token = tokenIn(text)
  if (token) return { token: `${label}:${token.key}:${token.digest}`, comparable: true }
  if (!mayBeRedacted(text)) return { token: `${label}:${digest(text)}`, comparable: true }
  // What was blanked behind `md5` is a key; where no word says so, it may have been `md5` with its key.
  return { token: label === 'text' ? 'redacted' : `${label}:redacted`, comparable: false }
}

/** Enough of a digest to tell settings apart. It does not hide a secret that can be guessed; it keeps it from being read. */
const digest = (text: string) => createHash('sha256').update(text).digest('hex').slice(0, 12)

/** The key of Cisco's type 7, which hides a secret from the eye only: published since 1995. */
const SEVEN = 'dsfd;kfoA,.iyewrkldJKDHSUBsgvca69834ncxv9873254k;fg87'

/** The clear text behind a type 7 string; undefined where it is none, or not one of this scheme. */
export function reveal(hidden: string): string | undefined {
  if (!/^\d\d(?:[\da-f]{2})+$/i.test(hidden)) return undefined
  const start = Number(hidden.slice(0, 2))
  const bytes = hidden.slice(2).match(/../g) ?? []
  const text = bytes
    .map((byte, i) => String.fromCharCode(Number.parseInt(byte, 16) ^ SEVEN.charCodeAt((start + i) % SEVEN.length)))
    .join('')
  return start < SEVEN.length && /^[ -~]+$/.test(text) ? text : undefined
}
