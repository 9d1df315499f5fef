import type { FixValues } from '../../src/parse/index.ts'

const POOL = 'pool '

/** `vrf NAME`/`global` in front of the address, and the DHCP pool a relay comes through. */
export const fixValues: FixValues = (device, iface, relay) => {
  const scope = relay.vrf === null ? '' : relay.vrf === 'default' ? 'global ' : `vrf ${relay.vrf} `
  if (relay.via === null) return { scope, pool: null }
  const others = device.interfaces.filter(i => i !== iface && i.relays.some(r => r.via === relay.via))
  if (others.length > 0) return { withheld: `${relay.via} also serves ${others.map(i => i.name).join(', ')}` }
  return { scope, pool: relay.via.slice(POOL.length) }
}
