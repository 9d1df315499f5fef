// The inventory file's keys, each with its documentation; `schema inventory` prints them as JSON Schema.
// Shape only: what one entry says about another is in check.ts.
import { isIP } from 'node:net'
import ipaddr from 'ipaddr.js'
import { z } from 'zod'
import { DURATION } from './max-age.ts'
import { aaa, filled, group, host, jumpHost, shared } from './settings-schema.ts'
import { sourceSchema } from './sources/source-schema.ts'

/** Files and folders are named after devices, so a name must not lead out of a folder. */
export const deviceName = z
  .string()
  .regex(
    /^[^./\\\s\u0000-\u001f\u007f-\u009f][^/\\\u0000-\u001f\u007f-\u009f]*$/,
    'must be a name without slashes that does not begin with a dot or a blank',
  )
  .describe('Name of the device, as findings and files call it.')

const address = z.string().refine(a => isIP(a) !== 0, { error: issue => `"${issue.input}" is no IP address` })

const network = z.string().refine(isNetwork, {
  error: issue => `"${issue.input}" is no network: write it like 10.9.9.0/24, with no bits set behind the prefix`,
})

function isNetwork(text: string): boolean {
  const [ip = '', prefix = ''] = text.split('/')
  if (isIP(ip) === 0 || !/^\d{1,3}$/.test(prefix) || Number(prefix) > (isIP(ip) === 4 ? 32 : 128)) return false
  const own = ipaddr.parse(ip).toString()
  return own === (isIP(ip) === 4 ? ipaddr.IPv4.networkAddressFromCIDR(text) : ipaddr.IPv6.networkAddressFromCIDR(text)).toString()
}

const point = z.strictObject({
  name: filled('Name of the boot server, as findings call it.'),
  kind: z
    .enum(['wds', 'responder', 'other'])
    .default('wds')
    .describe('wds: Windows Deployment Services, which duplicates crash. responder: any other PXE responder. other.'),
  addresses: z.array(address).min(1, 'must name at least one address').describe('Every address it answers on.'),
  retired: z.array(address).default([]).describe('Addresses it answered on once: a relay to one of them is a leftover.'),
  hostnames: z.array(filled('Host name')).default([]).describe('Every host name that relays may name it by.'),
  networks: z.array(network).default([]).describe('Subnets it stands in: a directed broadcast into one of them reaches it.'),
  vrf: filled('VRF in which its addresses are meant; any VRF when absent.').optional(),
  sites: z
    .array(filled('Site'))
    .min(1, 'must name at least one site; leave it out for all')
    .optional()
    .describe('Sites it serves; all when absent.'),
})

const device = z.strictObject({
  name: deviceName,
  host: host.optional(),
  config: filled(
    'File with the configuration, relative to the inventory, for a device that is not collected over SSH.',
  ).optional(),
  groups: z.array(filled('Group')).default([]).describe('Groups whose settings it takes over; later ones win.'),
  ...shared.shape,
})

const said = (doc: string) => z.string().regex(/\S/, 'must not be empty').describe(doc)

/** One pattern, or several of which one must fit. */
const scope = (doc: string, pattern: z.ZodType<string> = filled('Pattern')) =>
  z
    .union([pattern, z.array(pattern).min(1, 'must name at least one; leave it out for all')])
    .optional()
    .describe(`${doc} One or a list; * stands for any text and ? for any one character. All when absent.`)

/** A subnet in CIDR form, or a pattern that one can fit. */
const subnetPattern = z.string().refine(text => (/[*?]/.test(text) ? /^[\da-f.:/*?]+$/i.test(text) : isNetwork(text)), {
  error: issue => `"${issue.input}" is no subnet: write it like 10.20.10.0/24, or as a pattern like 10.20.*`,
})

const waiver = z.strictObject({
  rule: filled('Rule id, as `explain` lists them; * and ? as in scopes.'),
  site: scope('Site of the finding.'),
  device: scope('Device names: every device whose lines the finding cites must fit.'),
  subnet: scope('Subnets that hold all subnets of the finding, in CIDR form, or patterns.', subnetPattern),
  pxe_point: scope('Name of the PXE point the finding is about.'),
  reason: said('Why the findings are accepted.'),
  owner: said('Who answers for that.'),
  expires: z.string().optional().describe('Last day on which it holds, YYYY-MM-DD in UTC; no end when absent.'),
})
const waivers = z.array(waiver).describe('Findings that are accepted: they stay in the result and do not fail the audit.')

/** A file of waivers. */
export const waiversSchema = z.strictObject({ waivers }).describe('Waivers of iphelper-audit.')

/** The inventory file. */
export const inventorySchema = z
  .strictObject({
    pxe_points: z.array(point).min(1, 'must list at least one boot server').describe('The boot servers that the audit is about.'),
    defaults: shared.default({}).describe('Settings of every device that does not say otherwise.'),
    groups: z.record(z.string(), group).default({}).describe('Settings that several devices share.'),
    aaa: aaa.optional(),
    jump_hosts: z
      .record(z.string(), jumpHost)
      .default({})
      .describe('Hosts that proxy_jump: names, with what to log in with there.'),
    max_age: z
      .string()
      .regex(DURATION, 'must be a duration like 30m, 36h, 7d or 2w')
      .optional()
      .describe('How old a capture may be before nothing is concluded from it: 30m, 36h, 7d, 2w. Any age when absent.'),
    hosts: z
      .record(filled('Host name'), z.array(address).min(1, 'must name at least one address'))
      .default({})
      .describe(
        'Addresses of other host names that relays may name, such as DHCP servers: without them nobody knows whom they reach.',
      ),
    devices: z
      .array(device)
      .optional()
      .describe('The routers to audit. One that a source names too has the settings that stand here; the source has the rest.'),
    sources: z.array(sourceSchema).default([]).describe('Inventories of other tools, whose devices are audited as well.'),
    waivers: waivers.default([]),
  })
  .superRefine(({ devices, sources }, context) => {
    if (sources?.length) return
    if (devices === undefined) context.addIssue({ code: 'custom', path: ['devices'], message: 'is missing; add it' })
    else if (devices.length === 0)
      context.addIssue({ code: 'custom', path: ['devices'], message: 'must list at least one device' })
  })
  .transform(file => ({ ...file, devices: file.devices ?? [] }))
  .describe('Inventory of iphelper-audit.')

/** One waiver as it parses. */
export type WaiverEntry = z.infer<typeof waiver>
/** The inventory file as it parses. */
export type InventoryFile = z.infer<typeof inventorySchema>
