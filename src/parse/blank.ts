// Lines are quoted in results and reports, which travel further than configurations: without the secrets in them.

/** What stands behind words like these is a secret in most forms, also in those that no platform's page knows. */
const TELLTALE =
  /^(.*?\b(?:authenti\S*|community|key|key-string|md5|pass(?:word|phrase|wd)?|pre-shared-key|secret)\s+)(?![;{]?$)\S.*/i

/** A line as it may be shown. `secrets`: the platform's own expressions, of which capture 1 stays. */
export function blank(line: string, secrets: readonly RegExp[]): string {
  const found = [...secrets, TELLTALE].find(secret => secret.test(line))
  return found ? line.replace(found, '$1<removed>') : line
}
