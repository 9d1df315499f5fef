// A distribution router as IOS prints it, long enough for several pages.

/**
 * The router's configuration; its interface Vlan10 relays to the boot server 10.9.9.5 and has this host number. `more` are
 * further lines of it.
 */
export const iosText = (name: string, host: number, more: readonly string[] = []): string => {
  const vlans = Array.from({ length: 40 }, (_, i) => [
    `interface Vlan${100 + i}`,
    ` description floor ${i}`,
    ` ip address 10.20.${100 + i}.${host} 255.255.255.0`,
    '!',
  ])
  const body = [
    '!',
    'version 15.2',
    'service timestamps log datetime msec',
    '!',
    `hostname ${name}`,
    '!',
    'interface Vlan10',
    ` ip address 10.20.10.${host} 255.255.255.0`,
    ' ip helper-address 10.9.9.5',
    '!',
    ...vlans.flat(),
    ...more,
    'end',
    '',
  ].join('\n')
  return `Current configuration : ${body.length} bytes\n${body}`
}
