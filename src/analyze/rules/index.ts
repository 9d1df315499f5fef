// The one list of rules, in the order in which findings are shown.
import type { Rule } from '../rule.ts'
import danglingRedundancyName from './dangling-redundancy-name.ts'
import divergentVirtualIp from './divergent-virtual-ip.ts'
import duplicatePxeRelay from './duplicate-pxe-relay.ts'
import loneRedundancyGroup from './lone-redundancy-group.ts'
import missingPxeRelay from './missing-pxe-relay.ts'
import truncatedConfig from './truncated-config.ts'
import unrecognizedLines from './unrecognized-lines.ts'

export const rules: readonly Rule[] = [
  duplicatePxeRelay,
  danglingRedundancyName,
  divergentVirtualIp,
  loneRedundancyGroup,
  truncatedConfig,
  unrecognizedLines,
  missingPxeRelay,
]
