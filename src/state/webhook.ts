// Posts JSON to a webhook. Its address may hold a secret: what is said about it names the host alone.

import { resolveSecret } from '../collect/secret.ts'
import { Trouble } from '../model/trouble.ts'

/** A webhook, checked. */
export interface Webhook {
  readonly url: URL
  /** Value of the Authorization header, from a name and password in the address; null for none. */
  readonly authorization: string | null
  /** Its scheme and host, fit for messages. */
  readonly shown: string
}

/** `again`: it is worth trying later. */
export type Delivery = { readonly delivered: true } | { readonly delivered: false; readonly why: string; readonly again: boolean }

/** What tests shorten. */
export interface Patience {
  /** Seconds for one answer. */
  readonly timeout: number
  /** Seconds before the second, third ... attempt; there is one more attempt than that. */
  readonly waits: readonly number[]
  /** The longest wait that a server may ask for, in seconds. */
  readonly longest: number
}

const PATIENCE: Patience = { timeout: 10, waits: [1, 2, 4], longest: 30 }
/** Redirects on the same host. */
const MOST_REDIRECTS = 3

/** Reads an address; null for what is none that can be posted to. */
function webhook(address: string): Webhook | null {
  if (!URL.canParse(address)) return null
  const url = new URL(address)
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return null
  const { username, password } = url
  // fetch refuses addresses with credentials.
  url.username = ''
  url.password = ''
  const pair = [username, password].map(decodeURIComponent).join(':')
  return {
    url,
    authorization: username === '' && password === '' ? null : `Basic ${Buffer.from(pair).toString('base64')}`,
    shown: url.origin,
  }
}

/** The webhook that `--webhook` names: an address, or where it is to be found (`env:NAME`, `file:PATH`). Throws where it is none. */
export async function addressOf(said: string, env: Readonly<Record<string, string | undefined>>): Promise<Webhook> {
  const secret = /^(env|file):/.test(said) ? await resolveSecret(said, 'address of the webhook', { env }) : null
  if (secret && 'failed' in secret) throw new Trouble('usage', `--webhook: ${secret.failed.replaceAll('password', 'address')}`)
  const hook = webhook(secret ? secret.reveal().trim() : said)
  if (hook) return hook
  // What it says instead is not quoted: it may be half of a secret.
  const place = secret ? `what ${said} holds` : '--webhook'
  throw new Trouble(
    'usage',
    `${place} is no address that begins with https:// or http://; write the whole address of the webhook`,
  )
}

/** Posts a body. Network errors, 429 and 5xx are tried again, a few times; what else is refused is refused for good. Never throws. */
export async function post(hook: Webhook, body: string, { timeout, waits, longest }: Patience = PATIENCE): Promise<Delivery> {
  for (let n = 0; ; n++) {
    const answer = await once(hook, body, timeout)
    if (answer.delivered) return answer
    if (!answer.again) return { delivered: false, why: answer.why, again: false }
    const wait = waits[n]
    if (wait === undefined) return { delivered: false, why: `${answer.why}, ${n + 1} times`, again: true }
    await new Promise(resolve => setTimeout(resolve, Math.min(longest, Math.max(wait, answer.after)) * 1000))
  }
}

type Answer =
  | { readonly delivered: true }
  | { readonly delivered: false; readonly why: string; readonly again: boolean; readonly after: number }

async function once({ url, authorization }: Webhook, body: string, timeout: number): Promise<Answer> {
  const refused = (why: string, again = false, after = 0): Answer => ({ delivered: false, why, again, after })
  const signal = AbortSignal.timeout(timeout * 1000)
  try {
    let to = url
    for (let hops = 0; ; hops++) {
      const response = await fetch(to, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          'user-agent': 'iphelper-audit',
          ...(authorization === null ? {} : { authorization }),
        },
        body,
        redirect: 'manual',
        signal,
      })
      const { status } = response
      const after = response.headers.get('retry-after')
      const location = response.headers.get('location')
      await response.body?.cancel()
      if (status >= 200 && status < 300) return { delivered: true }
      // Only these two keep what was posted.
      if ((status === 307 || status === 308) && location !== null && hops < MOST_REDIRECTS) {
        const next = URL.canParse(location, to.href) ? new URL(location, to) : null
        if (next === null || !sameHost(to, next)) return refused('answered with a redirect to another host')
        to = next
      } else if (status >= 300 && status < 400) return refused(`answered with a redirect (status ${status})`)
      else return refused(`answered with status ${status}`, status === 429 || status >= 500, secondsIn(after))
    }
  } catch (error) {
    if (signal.aborted) return refused(`did not answer within ${timeout} s`, true)
    const { code = 'no reason given' } = ((error as Error).cause ?? {}) as NodeJS.ErrnoException
    return refused(`could not be reached (${code})`, true)
  }
}

/** The same name and port, and no step down from encryption. A step up takes the port along. */
const sameHost = (from: URL, to: URL): boolean =>
  to.host === from.host && (to.protocol === from.protocol || (from.protocol === 'http:' && to.protocol === 'https:'))

/** `Retry-After` (RFC 9110, 10.2.3) is a number of seconds, or a date. */
function secondsIn(after: string | null): number {
  if (after === null) return 0
  if (/^\d+$/.test(after.trim())) return Number(after)
  const at = Date.parse(after)
  return Number.isNaN(at) ? 0 : Math.max(0, (at - Date.now()) / 1000)
}
