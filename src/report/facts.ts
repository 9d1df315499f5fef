import type { Authentication, Device, Group, Interface, Observed, Relay } from '../model/device.ts'

/**
 * A device as lines that a reviewer can hold against the configuration. `@N` is the line of the file that says so;
 * whatever is at its default is left out.
 */
export function describeDevice(d: Device): string {
  const out = [`hostname ${d.hostname ?? '(none)'}`]
  if (d.complete === false) out.push(`incomplete: ${d.incomplete}`)
  if (d.complete === null) out.push('completeness not provable')
  if (d.pair) out.push(`pair ${d.pair.domain}`)
  if (d.tunnels) out.push(`tunnels ${d.tunnels.join(' ')}`)
  for (const i of d.interfaces) out.push(...describeInterface(i))
  for (const u of d.unrecognized) out.push(`unrecognized @${u.line} [${u.interface ?? 'device'}] ${u.text}`)
  for (const u of d.unresolved)
    out.push(`unresolved @${u.line} [${u.interface ?? 'device'}] ${u.name}${u.why === 'undefined' ? '' : ` (${u.why})`}`)
  for (const o of d.observed) out.push(describeObserved(o, d.file))
  const { total, understood, ignored, unmodelled, unrecognized } = d.lines
  out.push(
    `lines ${total} = ${understood} understood + ${ignored} ignored + ${unmodelled} unmodelled + ${unrecognized} unrecognized`,
  )
  return `${out.join('\n')}\n`
}

function describeInterface(i: Interface): string[] {
  const traits = [i.enabled ? 'up' : 'down']
  if (i.vrf !== 'default') traits.push(`vrf ${i.vrf}`)
  if (i.vlan !== null) traits.push(`vlan ${i.vlan}`)
  if (i.mac !== null) traits.push(`mac ${i.mac}`)
  if (i.addressing !== 'static') traits.push(`addressing ${i.addressing}`)
  if (!i.faces_clients) traits.push('internal')
  if (i.option_82 !== null) traits.push(`option-82 @${i.option_82}`)
  return [
    `interface ${i.name} ${traits.join(' ')} @${i.line}`,
    ...i.addresses.map(a => `  address ${a.ip}/${a.prefix}${a.secondary ? ' secondary' : ''} @${a.line}`),
    ...i.groups.map(g => `  ${describeGroup(g)}`),
    ...i.relays.map(r => `  ${describeRelay(r)}`),
  ]
}

function describeGroup(g: Group): string {
  const words: string[] = [g.protocol]
  if (g.id !== null) words.push(`${g.id}`)
  if (g.version !== null) words.push(`v${g.version}`)
  if (g.family === 6) words.push('ipv6')
  if (g.name !== null) words.push(`name ${JSON.stringify(g.name)}`)
  words.push(g.learned ? 'virtual (learned)' : `virtual ${g.virtual_addresses.join(' ') || '(none)'}`)
  if (g.priority !== null) words.push(`priority ${g.priority}`)
  if (g.preempt) words.push('preempt')
  if (g.follow !== null) words.push(`follows ${JSON.stringify(g.follow)}`)
  if (g.tracked) words.push('tracked')
  if (g.authentication !== null) words.push(describeAuthentication(g.authentication))
  if (!g.enabled) words.push('OFF')
  return `${words.join(' ')} @${g.line}`
}

/** A token that differs from another proves nothing where it is in parentheses. */
const describeAuthentication = ({ token, comparable, line }: Authentication) =>
  `authentication ${comparable ? token : `(${token})`} @${line}`

function describeRelay(r: Relay): string {
  const words = ['relay', r.target]
  if (r.vrf !== null) words.push(`vrf ${r.vrf}`)
  if (r.family === 6) words.push('ipv6')
  if (r.redundancy !== null) words.push(`redundancy ${JSON.stringify(r.redundancy)}`)
  if (r.gate !== 'always') words.push(`gate ${r.gate}`)
  if (r.tunnel !== undefined) words.push(`not out of tunnel ${r.tunnel}`)
  if (r.via !== null) words.push(`via ${JSON.stringify(r.via)} @${r.via_line}`)
  if (r.inert !== null) words.push(`INERT ${r.inert}`)
  return `${words.join(' ')} @${r.line}`
}

function describeObserved(o: Observed, configuration: string): string {
  const words = ['observed', o.protocol, `${o.group}`, o.interface]
  if (o.family === 6) words.push('ipv6')
  words.push(o.state)
  if (o.priority !== null) words.push(`priority ${o.priority}`)
  if (o.active !== null) words.push(`(${o.active})`)
  if (o.virtual_address !== null) words.push(`virtual ${o.virtual_address}`)
  return `${words.join(' ')} @${o.file === configuration ? '' : `${o.file}:`}${o.line}`
}
