// The secrets of one run: each is fetched once, however many devices share it.
import { resolveSecret, type Secret, type SecretSources, withoutSecrets } from './secret.ts'

/** Where sessions get their secrets from. */
export interface Vault {
  /** The value behind a reference. `what` it is goes into the question where a person is asked: `password of audit`. */
  get(reference: string, what: string): Promise<Secret | { readonly failed: string }>
  /** A sentence without any of the secrets fetched so far. */
  clean(sentence: string): string
}

/** Opens a vault for one run. */
export function vault(sources: SecretSources): Vault {
  const fetched = new Map<string, ReturnType<typeof resolveSecret>>()
  const known = new Set<Secret>()
  // One person answers one question at a time.
  let asking: Promise<unknown> = Promise.resolve()
  return {
    get(reference, what) {
      const key = reference === 'ask' ? `ask ${what}` : reference
      const before = fetched.get(key)
      if (before) return before
      const question = what.charAt(0).toUpperCase() + what.slice(1)
      const fetch = () => resolveSecret(reference, question, sources)
      const fetching = reference === 'ask' ? asking.then(fetch) : fetch()
      if (reference === 'ask') asking = fetching
      const kept = fetching.then(secret => {
        if (!('failed' in secret)) known.add(secret)
        return secret
      })
      fetched.set(key, kept)
      return kept
    },
    clean: sentence => withoutSecrets(sentence, known),
  }
}
