// What a device says of itself, for devices whose platform the inventory leaves open.
import type { Session } from '../parse/platform.ts'

/** A session that asks any system what it is. Commands it does not know do no harm. */
export const probe: Session = {
  prompt: /^(?!.*[<>=#*-]{4})\S.{0,80}[>#$%]\s*$/,
  open: ['terminal length 0'],
  show: ['show version', 'display version'],
  refused:
    /^\s*(% ?(Invalid|Unknown|Unrecognized|Incomplete|Ambiguous|Bad|Wrong)|unknown command|syntax error|error:|invalid (input|command)|.*command not found)/i,
  close: '',
}

/** Signs in the answer to `show version`, the surer ones first. */
const SIGNS: readonly (readonly [RegExp, string])[] = [
  [/Cisco IOS[ -]XR/i, 'cisco-iosxr'],
  [/NX-OS|Nexus Operating System/i, 'cisco-nxos'],
  [/Cisco IOS|IOS-XE/i, 'cisco-ios'],
  [/Arista/i, 'arista-eos'],
  [/JUNOS|Juniper/i, 'juniper-junos'],
  [/Comware/i, 'hpe-comware'],
  [/Huawei|VRP \(R\)/i, 'huawei-vrp'],
  [/ArubaOS-CX|AOS-CX/i, 'aruba-aoscx'],
  [/SmartFabric OS10|OS10/i, 'dell-os10'],
  [/Dell.*(Force10|Networking OS)/is, 'dell-os9'],
  [/FastIron|Ruckus|Brocade.*ICX/is, 'ruckus-fastiron'],
  [/ExtremeXOS|EXOS|Switch Engine/i, 'extreme-exos'],
  [/VyOS/i, 'vyos'],
  [/SONiC/i, 'sonic'],
]

/** The id of the platform that answers like this, whether or not this version can read it. */
export const recognise = (version: string): string | undefined => SIGNS.find(([sign]) => sign.test(version))?.[1]
