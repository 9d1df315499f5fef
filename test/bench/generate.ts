// Synthetic IOS running configurations of about 1 MB, seeded, so that two runs measure the same text.

/** A small linear congruential generator: numbers below `n`, the same ones for the same seed. */
export const random = (seed: number) => {
  let state = (seed * 2654435761) >>> 0
  return (n: number) => {
    state = (state * 1664525 + 1013904223) >>> 0
    return state % n
  }
}

/**
 * A running configuration of a large campus switch: certificates, access ports, SVIs with HSRP and relays, BGP, ACLs. About
 * 1 MB times `scale`.
 */
export function generateIos(seed: number, scale = 1): string {
  const pick = random(seed)
  const out: string[] = ['!', 'version 17.9', `hostname core-${seed}`, '!']
  out.push('banner motd ^C', '  Authorised use only', ' ip helper-address 10.250.0.5', '^C', '!')
  const hex = () => Array.from({ length: 8 }, () => pick(0xffffffff).toString(16).toUpperCase().padStart(8, '0')).join(' ')
  for (let i = 0; i < 300 * scale; i++) {
    out.push(`crypto pki certificate chain TP-${i}`, ` certificate self-signed ${i}`)
    for (let j = 0; j < 6; j++) out.push(`  ${hex()} `)
    out.push('  \tquit')
  }
  for (let i = 1; i <= 384 * scale; i++) {
    out.push(
      `interface GigabitEthernet${1 + (i >> 6)}/0/${1 + (i & 63)}`,
      ` description desk ${pick(9000)}`,
      ` switchport access vlan ${2 + pick(800)}`,
    )
    out.push(
      ' switchport mode access',
      ' switchport voice vlan 200',
      ' authentication port-control auto',
      ' dot1x pae authenticator',
    )
    out.push(' spanning-tree portfast', ' service-policy input QOS-IN', '!')
  }
  for (let i = 2; i < 800 * scale; i++) {
    const net = `10.${i >> 8}.${i & 255}`
    out.push(
      `interface Vlan${i}`,
      ` description clients of floor ${i}`,
      ` ip address ${net}.2 255.255.255.0`,
      ' no ip redirects',
      ' no ip proxy-arp',
    )
    out.push(
      ' ip helper-address 10.250.0.5',
      ` ip helper-address 10.250.0.${6 + pick(3)}`,
      ' standby version 2',
      ` standby ${i} ip ${net}.1`,
    )
    out.push(
      ` standby ${i} priority ${90 + pick(40)}`,
      ` standby ${i} preempt delay minimum 60`,
      ` standby ${i} timers 1 3`,
      ' ip ospf cost 10',
      '!',
    )
  }
  out.push('router bgp 65000')
  for (let i = 0; i < 600 * scale; i++)
    out.push(` neighbor 10.${pick(250)}.${pick(250)}.${pick(250)} remote-as ${64512 + pick(1000)}`)
  for (let i = 0; i < 60 * scale; i++) {
    out.push(`ip access-list extended ACL-${i}`)
    for (let j = 0; j < 120; j++)
      out.push(
        ` permit tcp host 10.${pick(250)}.${pick(250)}.${pick(250)} host 10.${pick(250)}.${pick(250)}.${pick(250)} eq ${pick(65535)}`,
      )
  }
  out.push('end', '')
  const body = out.join('\n')
  // What the device announces is what it prints: a text much shorter than that is taken for cut.
  return `Building configuration...\n\nCurrent configuration : ${body.length} bytes\n${body}`
}
