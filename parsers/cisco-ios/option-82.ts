// Option 82 (relay agent information). Sources and quirks: README.md beside this file.
import { type Fact, ignore, part } from '../../src/parse/index.ts'

/** A setting of the device, which one of the same name on an interface replaces. */
const global = (setting: string) => (): Fact => ({ kind: 'option-82', of: 'device', setting, on: true })
const local = (setting: string, on: boolean) => (): Fact => ({ kind: 'option-82', of: 'interface', setting, on })

/** At the top. `vpn` and the overrides put suboptions into an option 82 of their own where no other line makes one. */
export const globalRows = part({
  'ip dhcp relay information option': global('option'),
  'ip dhcp relay information option vpn': global('vpn'),
  'ip dhcp relay information option (server-id-override|server-override)': global('server-id'),
  'ip dhcp-relay information option server-override': global('server-id'),
  // What becomes of an option 82 that others have added.
  'ip dhcp relay information (check|policy|trust-all) [<rest:text>]': ignore,
  'ip dhcp relay (bootp|prefer|source-interface) [<rest:text>]': ignore,
})

/** On an interface. */
export const localRows = part({
  'ip dhcp relay information option-insert': local('option', true),
  'ip dhcp relay information option-insert none': local('option', false),
  'ip dhcp relay information option vpn-id': local('vpn', true),
  'ip dhcp relay information option vpn-id none': local('vpn', false),
  'ip dhcp relay information option (server-id-override|server-override)': local('server-id', true),
  // Says what stands in the option, not whether there is one.
  'ip dhcp relay information option subscriber-id <rest:text>': ignore,
  'ip dhcp relay information (check-reply|policy-action|trusted) [<rest:text>]': ignore,
  'ip dhcp relay (source-interface|prefer) [<rest:text>]': ignore,
})
