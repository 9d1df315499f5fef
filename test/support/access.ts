// A device as an inventory would give it, reached over SSH on loopback.
import type { Access, InventoryDevice } from '../../src/model/inventory.ts'

/** Access to a test server; the password is in the environment variable PW. */
export const sshAccess = (more: Partial<Access> = {}): Access => ({
  host: '127.0.0.1',
  port: 22,
  host_key_alias: null,
  username: 'demo',
  password: 'env:PW',
  enable: null,
  keys: [],
  passphrase: null,
  agent: null,
  known_hosts: [],
  host_keys: 'strict',
  legacy_algorithms: false,
  algorithms: { kex: null, ciphers: null, macs: null, host_keys: null },
  timeout: 5,
  jumps: [],
  ...more,
})

/** A device that is collected over SSH. */
export const sshDevice = (name: string, more: Partial<Access> = {}, platform = 'cisco-ios'): InventoryDevice => ({
  name,
  site: 'ams',
  platform,
  role: null,
  tags: [],
  groups: [],
  from: { ssh: sshAccess(more) },
})
