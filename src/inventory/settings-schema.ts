// What an inventory can say of a device in several places: how to get in, and what is asked of the login servers.
import { z } from 'zod'

/** Text that says something. */
export const filled = (doc: string) => z.string().min(1, 'must not be empty').describe(doc)

/** Host names appear in commands we tell people to run, so nothing a shell would act on. */
export const host = z
  .string()
  .regex(/^[A-Za-z0-9_:][A-Za-z0-9._:%-]*$/, 'must be a host name or an address')
  .describe('Host name or address to connect to over SSH.')

/** `also`: a word that is no reference. */
const references = (also: string) => `env:NAME, file:PATH, cmd:COMMAND, ask, ${also && `${also}, `}or plain:VALUE if you insist`

/** A reference to a secret. `also`: a word that is no reference and says where else the secret is. */
export const secret = (doc: string, also = '') =>
  z
    .string()
    .regex(
      new RegExp(`^(env:[A-Za-z_]\\w*|file:.+|cmd:.*\\S.*|plain:.*|ask${also && `|${also}`})$`, 's'),
      `must be a reference to the secret: ${references(also)}`,
    )
    .describe(
      `${doc} A reference: env:NAME (environment variable), file:PATH (first line of the file), cmd:COMMAND (first line that it prints), ask (asked for on the terminal, once), or plain:VALUE.`,
    )

/** How to connect. */
export const ssh = z
  .strictObject({
    port: z
      .int()
      .min(1, 'must be between 1 and 65535')
      .max(65535, 'must be between 1 and 65535')
      .describe('TCP port. Default 22.'),
    config: filled(
      'OpenSSH client configuration, relative to the inventory; "none" for none. Default ~/.ssh/config, and behind it /etc/ssh/ssh_config.',
    ),
    known_hosts: filled('File with the host keys we trust, relative to the inventory. Default ~/.ssh/known_hosts.'),
    host_keys: z
      .enum(['strict', 'tofu', 'insecure'])
      .describe(
        'What a host key that is not on file means: strict, an error; tofu, it is put on file; insecure, nothing. One that has changed is always an error. Default strict.',
      ),
    proxy_jump: z
      .string()
      .regex(
        /^(none|([^\s,@-][^\s,@]*@)?[A-Za-z0-9_:[][A-Za-z0-9._:%[\]-]*(,([^\s,@-][^\s,@]*@)?[A-Za-z0-9_:[][A-Za-z0-9._:%[\]-]*)*)$/,
        'must be [USER@]HOST[:PORT], several with commas between, or none',
      )
      .describe(
        'Hosts to go through, nearest first, as in ssh -J: names under jump_hosts:, or [USER@]HOST[:PORT]; "none" for none.',
      ),
    legacy_algorithms: z.boolean().describe('Offer broken algorithms that only old devices need. Default false.'),
    timeout: z
      .number()
      .min(1, 'must be between 1 and 3600')
      .max(3600, 'must be between 1 and 3600')
      .describe('Seconds for the whole session. Default 120.'),
  })
  .partial()
  .describe('How to connect.')

const settings = {
  username: filled('User to log in as.'),
  password: secret('Password of that user; "agent" to log in with the keys of the SSH agent alone.', 'agent'),
  enable: secret('Password for enable, where a device asks for one.'),
  key: filled('Private key file, relative to the inventory.'),
  passphrase: secret('Passphrase of that key.'),
  platform: filled(
    'Platform id, or what another tool calls it (cisco_ios, ios, cisco.ios.ios); auto to tell it from the device. Default auto.',
  ),
  site: filled('Site the device stands in. Default "default".'),
  role: filled('What the device is for, to choose devices by with --limit.'),
  tags: z.array(filled('Tag')).describe('Words to choose devices by with --limit.'),
  ssh,
}
/** What devices, groups and defaults can set alike. */
export const shared = z.strictObject(settings).partial()

/** Limits on logins. */
export const aaa = z
  .strictObject({
    logins_per_second: z
      .number()
      .gt(0, 'must be more than 0')
      .max(10000, 'must be at most 10000')
      .describe('Logins begun in a second.'),
    logins_in_flight: z.int().min(1, 'must be at least 1').max(10000, 'must be at most 10000').describe('Logins at a time.'),
  })
  .partial()
  .describe('What the login servers behind the devices may be asked to bear. No limit when absent.')

/** Settings that several devices share, and the limits that hold for them together. */
export const group = shared.extend({ aaa: aaa.optional() })

/** A host to go through. */
export const jumpHost = z
  .strictObject({
    host,
    port: ssh.shape.port,
    ...shared.pick({ username: true, password: true, key: true, passphrase: true }).shape,
  })
  .partial({ port: true })
  .extend({ known_hosts: ssh.shape.known_hosts, host_keys: ssh.shape.host_keys, legacy_algorithms: ssh.shape.legacy_algorithms })

/** What devices, groups and defaults can set alike. */
export type Settings = z.infer<typeof shared>
