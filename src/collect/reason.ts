// Connection trouble in the words of the person who has to do something about it.
import type { Access } from '../model/inventory.ts'

/** How far a connection has come, and the algorithms compared last. */
export interface Handshake {
  doing: string
  category: string
  local: string
  remote: string
}

const CATEGORIES: Readonly<Record<string, string>> = { 'KEX method': 'key exchange', 'Host key format': 'host key type' }

/** One sentence for an error of the SSH client. */
export function explain(
  error: Error & { readonly code?: unknown; readonly level?: string },
  access: Access,
  { doing, category, local, remote }: Handshake,
): string {
  const place = `${access.host} port ${access.port}`
  if (error.level === 'agent') return `the SSH agent did not help: ${error.message}; check SSH_AUTH_SOCK`
  switch (error.code) {
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
    case 'EAI_NODATA':
      return `there is no address for the name ${access.host}; check host: and the name service`
    case 'ECONNREFUSED':
      return `${place} refused the connection; check port: and that SSH is on`
    case 'EHOSTUNREACH':
    case 'ENETUNREACH':
    case 'EADDRNOTAVAIL':
      return `${access.host} cannot be reached from here (${error.code}); check the route and any firewall`
    case 'ETIMEDOUT':
      return `${place} did not answer; check the address, the route and any firewall`
    case 'ECONNRESET':
    case 'EPIPE':
      return `the device broke the connection off while ${doing}; check that it lets this address and user in`
  }
  if (/no matching|No matching/.test(error.message)) {
    const what = CATEGORIES[category] ?? category.replace(/^.->. /, '')
    const hint = access.legacy_algorithms
      ? 'the device needs newer software'
      : 'set ssh: { legacy_algorithms: true } if it can do no better'
    return `there is no common ${what}: the device offers ${remote || 'none'}, we offer ${local || 'none'}; ${hint}`
  }
  if (/before handshake/.test(error.message))
    return `${place} hung up before SSH began; check that SSH is on and lets this address in`
  return `SSH failed while ${doing}: ${error.message}`
}
