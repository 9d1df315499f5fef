import type { PxePoint } from '../../src/model/inventory.ts'

/** The PXE server of most tests, 10.9.9.5, as the command line would have it; `more` says what is different. */
export const pxePoint = (more: Partial<PxePoint> = {}): PxePoint => ({
  name: 'wds',
  kind: 'wds',
  addresses: ['10.9.9.5'],
  retired: [],
  hostnames: [],
  networks: [],
  vrf: null,
  sites: null,
  ...more,
})
