import type { Device } from '../model/device.ts'
import type { PxePoint } from '../model/inventory.ts'
import type { Judgement } from '../model/judgement.ts'
import type { Network, Segment } from '../model/network.ts'
import type { Severity } from '../model/result.ts'

/** A line a finding rests on; its text is looked up when the finding is shown. */
export interface Cite {
  readonly device: Device
  readonly line: number
  readonly note: string
  /** Where the line stands in another file than the device's configuration: that file, and the line's text. */
  readonly from?: { readonly file: string; readonly text: string }
}

/** What a rule says: the subject must not contain line numbers, because it identifies the finding from run to run. */
export interface Remark {
  readonly subject: string
  readonly message: string
  readonly evidence: readonly Cite[]
  /** Where it differs from the rule's own. */
  readonly severity?: Severity
  /** Copies of one boot request that it speaks of, where it does: of more than before it is worse. */
  readonly copies?: number
  /** The segment it is about, where it is about one: waivers can name its site and its subnets. */
  readonly segment?: Segment | undefined
  /** The PXE point it is about, where it is about one. */
  readonly point?: PxePoint
  /** The judgement that it follows from, where it follows from one alone: it is said again wherever that still holds. */
  readonly follows?: Judgement
}

/** What rules look at. */
export interface Audit {
  readonly network: Network
  readonly judgements: readonly Judgement[]
}

/**
 * Configurations by device name, in the syntax of Cisco IOS, judged for one PXE point: Windows Deployment Services at
 * 10.9.9.5, unless the example says more of it.
 */
export interface Example extends Partial<Pick<PxePoint, 'kind' | 'addresses' | 'retired' | 'hostnames' | 'networks'>> {
  readonly shows: string
  readonly configs: Readonly<Record<string, string>>
}

export interface Rule {
  /** A noun for the failing state; also the name of the file. */
  readonly id: string
  readonly title: string
  readonly severity: Severity
  /** Why it matters, in Markdown: `explain`, the report and SARIF print it. */
  readonly rationale: string
  /** Every `bad` must be reported and no `good` may be: the rule's documentation and its test. */
  readonly examples: { readonly bad: readonly Example[]; readonly good: readonly Example[] }
  check(audit: Audit): Iterable<Remark>
  /** True where each remark `follows` from one judgement, so that judgements can be looked at by themselves. */
  readonly local?: true
}

/** The PXE point an example is judged for. */
export const examplePoint = (example: Example): PxePoint => {
  const { kind = 'wds', addresses = ['10.9.9.5'], retired = [], hostnames = [], networks = [] } = example
  return { name: 'wds', kind, addresses, retired, hostnames, networks, vrf: null, sites: null }
}

/** Checks a rule against its type, and returns it. */
export const defineRule = (rule: Rule): Rule => rule

/** An SVI of Cisco IOS in an example: address 10.0.10.`host`/24, then `lines`. */
export const exampleRouter = (host: number, ...lines: string[]): string =>
  ['interface Vlan10', ` ip address 10.0.10.${host} 255.255.255.0`, ...lines.map(line => ` ${line}`), 'end', ''].join('\n')
