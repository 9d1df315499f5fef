import type { FixValues } from '../../src/parse/index.ts'

/**
 * The default servers under `dhcp relay` serve an interface as long as it names none of the same family itself.
 * `others`: the defaults that stay; an interface that shall go without one of them names the rest itself.
 * `last`: the defaults would step in for the only server that the interface names, so its relay is switched off instead.
 */
export const fixValues: FixValues = (_, iface, relay, gone) => {
  const family = iface.relays.filter(r => !gone.includes(r) && r.family === relay.family)
  return {
    six: relay.family === 6,
    last: relay.via === null && family.length > 0 && family.every(r => r.via !== null),
    others: family.filter(r => r.via === relay.via).map(r => r.target),
  }
}
