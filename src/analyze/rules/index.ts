// The one list of rules, in the order in which findings are shown.
import type { Rule } from '../rule.ts'
import activeRouterDiffers from './active-router-differs.ts'
import danglingRedundancyName from './dangling-redundancy-name.ts'
import divergentVirtualIp from './divergent-virtual-ip.ts'
import doubleTargetRelay from './double-target-relay.ts'
import duplicateAddress from './duplicate-address.ts'
import duplicateCapture from './duplicate-capture.ts'
import duplicatePxeRelay from './duplicate-pxe-relay.ts'
import fhrpVersionMismatch from './fhrp-version-mismatch.ts'
import latentDuplicate from './latent-duplicate.ts'
import loneRedundancyGroup from './lone-redundancy-group.ts'
import maskMismatch from './mask-mismatch.ts'
import missingPxeRelay from './missing-pxe-relay.ts'
import noRelayOnActiveRouter from './no-relay-on-active-router.ts'
import partiallyGatedRelay from './partially-gated-relay.ts'
import relayWithoutFailover from './relay-without-failover.ts'
import stalePxeRelay from './stale-pxe-relay.ts'
import tiedPriority from './tied-priority.ts'
import truncatedConfig from './truncated-config.ts'
import unrecognizedLines from './unrecognized-lines.ts'

export const rules: readonly Rule[] = [
  duplicatePxeRelay,
  noRelayOnActiveRouter,
  partiallyGatedRelay,
  doubleTargetRelay,
  danglingRedundancyName,
  stalePxeRelay,
  fhrpVersionMismatch,
  divergentVirtualIp,
  activeRouterDiffers,
  maskMismatch,
  duplicateAddress,
  loneRedundancyGroup,
  duplicateCapture,
  truncatedConfig,
  unrecognizedLines,
  missingPxeRelay,
  relayWithoutFailover,
  latentDuplicate,
  tiedPriority,
]
