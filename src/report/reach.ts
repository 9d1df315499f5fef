// What devices said before, and to, a login.
import { wrap } from './columns.ts'
import { legibleText } from './legible.ts'
import type { TextContext } from './text.ts'
import { count } from './words.ts'

/** What is shown of a device that was asked what it offers. */
export interface ProbedDevice {
  readonly device: string
  readonly host: string
  readonly port: number
  readonly milliseconds: number | null
  readonly software: string | null
  readonly host_key: string | null
  readonly distrust: { readonly failed: string } | null
  readonly offers: Readonly<Record<string, readonly string[]>>
  readonly legacy: boolean
  readonly failure: { readonly failed: string } | null
}

/** The lists worth showing; the directions seldom differ. */
const LISTS: readonly (readonly [string, string])[] = [
  ['key exchange', 'KEX method'],
  ['host keys', 'Host key format'],
  ['ciphers', 'C->S cipher'],
  ['MACs', 'C->S MAC'],
]

/** One paragraph per device that answered, and the count. */
export function probeLines(probed: readonly ProbedDevice[], { width, paint }: TextContext): string[] {
  const answered = probed.filter(p => p.failure === null)
  const lines = answered.flatMap(({ device, host, port, milliseconds, software, host_key, distrust, offers, legacy }) => [
    paint('bold', legibleText(device)),
    ...wrap(legibleText(`${host} port ${port}, ${software ?? 'unnamed software'}, ${milliseconds} ms`), width, '  '),
    ...wrap(`host key: ${host_key}${distrust === null ? ' (trusted)' : ''}`, width, '  '),
    ...(distrust === null ? [] : wrap(legibleText(distrust.failed), width, '    ')),
    ...LISTS.flatMap(([name, list]) =>
      offers[list] ? wrap(legibleText(`${name}: ${offers[list].join(' ')}`), width, '  ') : [],
    ),
    ...(legacy ? wrap('needs ssh: { legacy_algorithms: true } in the inventory, or newer software', width, '  ') : []),
    '',
  ])
  return [...lines, `${answered.length} of ${count(probed.length, 'device')} answered.`]
}

/** What is shown of a device that was logged in to. */
export interface LoggedInDevice {
  readonly device: string
  readonly username: string
  readonly milliseconds: number
  readonly failure: { readonly failed: string } | null
}

/** One line per device that let us in, and the count. */
export function loginLines(tried: readonly LoggedInDevice[], { width }: TextContext): string[] {
  const good = tried.filter(t => t.failure === null)
  const lines = good.flatMap(({ device, username, milliseconds }) =>
    wrap(legibleText(`${device}: let ${username} in, ${milliseconds} ms`), width),
  )
  return [...lines, `${good.length} of ${count(tried.length, 'device')} let us in.`]
}
