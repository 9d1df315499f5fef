// The keys of one entry under `sources:`.
import { z } from 'zod'
import { filled, secret } from '../settings-schema.ts'

/** The foreign inventories that can be named; each entry has one of them. */
export const KINDS = ['nornir', 'ansible', 'rancid', 'oxidized', 'netbox'] as const
/** One of them. */
export type SourceKind = (typeof KINDS)[number]

const netbox = z
  .strictObject({
    url: z
      .string()
      .refine(
        text => URL.canParse(text) && /^https?:\/\/[^/@]+(\/|$)/.test(text) && !/[?#]/.test(text),
        'must be the address of NetBox, like https://netbox.example.net, without user and password',
      )
      .describe('Address of NetBox itself, without /api.'),
    token: secret('API token.').optional(),
    filter: z
      .record(
        z.string().regex(/^(?!(?:limit|offset|exclude|format)$)[a-z][a-z0-9_]*$/, 'must be a parameter like site or role'),
        z.union([z.string(), z.number(), z.boolean(), z.array(z.union([z.string(), z.number()]))]),
      )
      .default({})
      .describe(
        'Parameters of /api/dcim/devices/, such as site, role and tag: one value or a list. status is active when absent.',
      ),
    page_size: z
      .int()
      .min(1, 'must be between 1 and 1000')
      .max(1000, 'must be between 1 and 1000')
      .optional()
      .describe('Devices in one answer. Default 500.'),
    timeout: z
      .number()
      .min(1, 'must be between 1 and 600')
      .max(600, 'must be between 1 and 600')
      .optional()
      .describe('Seconds for one answer. Default 30.'),
  })
  .describe('NetBox, over its REST API.')

/** One entry. */
export const sourceSchema = z.strictObject({
  nornir: filled(
    'Nornir SimpleInventory: the folder with hosts.yaml, groups.yaml and defaults.yaml, or the config.yaml of Nornir. site, role and tags under data: are ours.',
  ).optional(),
  ansible: filled(
    'Ansible inventory: the output of ansible-inventory --list, YAML or INI, in a file or a folder of files. Its variables site, role and tags are ours.',
  ).optional(),
  rancid: filled('router.db of RANCID, or the folder that holds it or the groups.').optional(),
  oxidized: filled('CSV file of Oxidized, or its configuration.').optional(),
  netbox: netbox.optional(),
  delimiter: z
    .string()
    .min(1, 'must not be empty')
    .optional()
    .describe('What stands between the columns of the CSV file. Default a colon.'),
  map: z
    .record(z.string(), z.int().min(0, 'must be a column, from 0'))
    .optional()
    .describe(
      'Columns of the CSV file, from 0, as under map: in Oxidized: name, ip, model, group, username, ssh_port, ssh_proxy. Default name: 0, model: 1.',
    ),
  groups: z.array(filled('Group')).default([]).describe('Groups of ours that its devices join.'),
  site: filled('Site of the devices for which it names none.').optional(),
  platforms: z
    .record(z.string(), filled('Platform id'))
    .default({})
    .describe('What its names of platforms mean, where they are its own.'),
  limit: filled('Which of its devices to take, as in --limit. All when absent.').optional(),
})

/** One entry as it parses. */
export type SourceEntry = z.infer<typeof sourceSchema>

/** What kind of source an entry is; undefined where it is none or several. */
export function kindOf(source: SourceEntry): SourceKind | undefined {
  const [kind, ...others] = KINDS.filter(k => source[k] !== undefined)
  return others.length > 0 ? undefined : kind
}
