// One GET of JSON, bounded in time and size. Whatever goes wrong is one sentence, and none of them has the credentials in it.
import { Trouble } from '../../model/trouble.ts'
import { shown } from './sourced.ts'

/** A page of a thousand devices is about 5 MB. */
const LARGEST = 64 * 1024 * 1024

/** What a request needs, and how trouble is told. */
export interface Ask {
  /** Value of the Authorization header; null for none. */
  readonly authorization: string | null
  /** Seconds for the whole answer. */
  readonly timeout: number
  /** Begins every sentence: `inventory.yaml:12: NetBox at https://netbox.example`. */
  readonly subject: string
  /** What to do about a status, where more is known than its number. */
  readonly remedies: Readonly<Record<number, string>>
}

/** The parsed answer. Redirects are never followed: they would take the credentials along. */
export async function getJson(url: URL, { authorization, timeout, subject, remedies }: Ask): Promise<unknown> {
  const trouble = (sentence: string) => new Trouble('inventory', `${subject} ${sentence}`)
  const signal = AbortSignal.timeout(timeout * 1000)
  try {
    const response = await fetch(url, {
      headers: { accept: 'application/json', ...(authorization === null ? {} : { authorization }) },
      redirect: 'manual',
      signal,
    })
    const { status } = response
    if (status >= 300 && status < 400) {
      await response.body?.cancel()
      throw trouble(
        `answers with a redirect to ${shown(withoutQuery(response.headers.get('location')))}; write the address it leads to under url:`,
      )
    }
    if (status !== 200) {
      await response.body?.cancel()
      throw trouble(
        `answers with status ${status}; ${remedies[status] ?? (status >= 500 ? 'it is out of order: try again later' : 'check url:')}`,
      )
    }
    const type = response.headers.get('content-type') ?? 'nothing'
    if (!/^application\/([\w.+-]+\+)?json\b/i.test(type)) {
      await response.body?.cancel()
      throw trouble(
        `answers with ${shown(type)} instead of JSON; url: is the address of NetBox itself, and no page in front of it`,
      )
    }
    const text = await bounded(response, trouble)
    try {
      return JSON.parse(text)
    } catch {
      throw trouble('says that it answers with JSON, and does not; try again later')
    }
  } catch (error) {
    if (error instanceof Trouble) throw error
    if (signal.aborted) throw trouble(`does not answer within ${timeout} s; check that it can be reached, or set timeout:`)
    const { code = 'no reason given' } = ((error as Error).cause ?? {}) as NodeJS.ErrnoException
    throw trouble(
      `cannot be reached (${code}); ${/CERT|SELF_SIGNED|ISSUER/.test(code) ? 'name the certificate of its authority in NODE_EXTRA_CA_CERTS' : 'check url:'}`,
    )
  }
}

async function bounded(response: Response, trouble: (sentence: string) => Trouble): Promise<string> {
  const chunks: Uint8Array[] = []
  let length = 0
  for await (const chunk of response.body ?? []) {
    length += chunk.byteLength
    if (length > LARGEST) throw trouble(`answers with more than ${LARGEST / 1024 / 1024} MB; set a smaller page_size:`)
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}

/** Some servers put what they were given into the place they point to. */
const withoutQuery = (location: string | null): string =>
  (location ?? 'nowhere').replace(/[?#].*$/s, '').replace(/\/\/[^/@]*@/, '//')
