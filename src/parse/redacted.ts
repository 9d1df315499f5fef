// What stands where a secret was: our own tokens, and the placeholders of other tools.

/** A token of ours: the id of the key it was made with, and the digest. `-opaque`: the clear text could not be known. Quotes around it stay. */
const TOKEN = /^"?redacted-([\da-f]{6})-([\da-f]{16})(-opaque)?"?$/
/** Tokens anywhere in a text, and what stands for a value that looked like a placeholder. */
export const TOKENS = /redacted-[\da-f]{6}-[\da-f]{16}(?:-opaque)?|(?<![\w-])redacted(?![\w-])/g
/** Blanked without a token: the value looked like a placeholder, so nothing may be concluded from it. */
export const VAGUE = 'redacted'
/** Added to the token of a value that only looks like type 7: another spelling of the same secret has another token. */
export const OPAQUE = '-opaque'

/** Placeholders that cannot be a secret: `<removed>`, `<secret hidden>`, `[redacted]`, `***`, what Junos prints without permission. */
const PLACEHOLDER =
  /^(?:[<[({$](?:[a-z]+[ _-])?(?:removed|hidden|omitted|redacted|scrubbed|sanitized|anonymized|masked)[>\])}$]|\*{3,}|\/\* SECRET-DATA \*\/|redacted)$/i
/** Placeholders that tools put where a secret was: `<removed>`, `***`, `$REDACTED$`, `xxxx`; a secret may look like one. */
const LIKE_PLACEHOLDER =
  /^[<[({].*[>\])}]$|^\$.*\$$|\*{3}|^[*.x#_-]+$|redacted|scrubbed|removed|omitted|sanitized|anonymized|masked|^hidden$|^secret$/i

/** The parts of a token of ours; undefined for anything else. */
export function tokenIn(value: string): { readonly key: string; readonly digest: string; readonly opaque: boolean } | undefined {
  const [, key, digest, opaque] = TOKEN.exec(value) ?? []
  return key === undefined || digest === undefined ? undefined : { key, digest, opaque: opaque !== undefined }
}

/** True for what redaction leaves as it is. */
export const isRedacted = (value: string): boolean => TOKEN.test(value) || PLACEHOLDER.test(value)

/** True for what may be a placeholder: equality with it proves nothing. */
export const mayBeRedacted = (value: string): boolean => LIKE_PLACEHOLDER.test(value)
