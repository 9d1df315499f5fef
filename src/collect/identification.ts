// What a server says before anybody logs in. The SSH library tells it in its debugging output only.
import type { Handshake } from './reason.ts'

/** What a server says of itself before anybody logs in. */
export interface Identification {
  /** `SSH-2.0-...`. */
  software: string
  /** What it offers, by what is agreed on: `KEX method`, `Host key format`, `C->S cipher` ... */
  readonly offers: Map<string, string>
}

/** Takes one line of that output. */
export function overhear(line: string, handshake: Handshake, identification: Identification | undefined): void {
  // Every packet makes a line; only these few are of interest.
  const start = line.charCodeAt(0)
  if (start === 72 /* H */) {
    const [, side, category = '', list = ''] = /^Handshake: \((local|remote)\) ([^:]+): (.*)$/.exec(line) ?? []
    if (side === undefined) return
    Object.assign(handshake, { category, [side]: list })
    if (side === 'remote') identification?.offers.set(category, list)
  } else if (start === 82 /* R */ && identification) {
    const [, software] = /^Remote ident: '([^']*)'/.exec(line) ?? []
    if (software !== undefined) identification.software = software
  }
}
