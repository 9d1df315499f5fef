import type { FixValues } from '../../src/parse/index.ts'
import { inGroup, VIA } from './group-fixes.ts'

/**
 * How an interface comes to its relay, read off the path that attaches it: `forwarding-options helpers bootp` (the servers
 * of all), `... helpers bootp interface irb.20` (its own), `... dhcp-relay group G` and `... group G interface A upto B`.
 */
export const fixValues: FixValues = (device, iface, relay, leaving) => {
  const [, level = '', group, listed, upto] = VIA.exec(relay.via ?? '') ?? []
  if (level === '') return { withheld: 'it cannot be read how the relay is attached' }
  const keeps = iface.relays.filter(r => !leaving.includes(r) && r.via === relay.via && r.family === relay.family)
  if (group !== undefined) return inGroup(device, iface, keeps, { via: relay.via, level, group, listed, upto })
  if ([relay, ...keeps].some(r => r.vrf?.includes('/'))) return { withheld: 'its servers are in another logical system' }
  const spelled = (r: typeof relay) => `${r.target}${r.vrf === null ? '' : ` routing-instance ${r.vrf}`}`
  return {
    level,
    group: null,
    own: listed === iface.name,
    all: listed === 'all',
    server: spelled(relay),
    // Without its last instance a server stays, for the default one; so it goes as a whole unless it has several.
    gone: keeps.some(r => r.target === relay.target) ? spelled(relay) : relay.target,
    keeps: keeps.map(spelled),
  }
}
