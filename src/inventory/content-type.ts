// The first line that RANCID writes into every configuration: what type of device it is from.
import { platformIdOf } from './platform-names.ts'

/** Behind the comment mark of the platform; the base types and those of others share the form (control_rancid, *.pm of RANCID). */
const HEADER = /^[!#;]\s?RANCID-CONTENT-TYPE:\s*(\S+)\s*$/m
/** It is the first line, behind what an editor may have put there. */
const HEAD = 2048

/** Types of RANCID for systems that are none of ours (etc/rancid.types.base): read as one of ours they would show no relay. */
const OTHERS: ReadonlySet<string> = new Set(
  'a10 acme agm alteon arbor arcos avocent axis baynet bigip bigip13 brocade cat5 ciena-ws cisco-sb ios-sb cisco-wlc4 cisco-wlc5 cisco-wlc8 css edgemax edgerouter enterasys erx ezt3 f5 fss2 fxos hitachi mrtd mrv netopia netscaler netscreen paloalto paloaltoxml redback riverbed riverstone smc tnt xirrus'.split(
    ' ',
  ),
)

/** What the header says: our id of the platform, or the name of a system that is none of ours; null where it does not tell. */
export function contentType(text: string): { readonly platform: string } | { readonly other: string } | null {
  const [, type = ''] = HEADER.exec(text.slice(0, HEAD)) ?? []
  // `cisco` is IOS, and ASA, PIX and whatever resembled IOS before it had a type of its own: the text tells better.
  if (type === '' || type === 'cisco') return null
  if (OTHERS.has(type)) return { other: type }
  // Types that somebody made for himself (rancid.types.conf) say nothing here.
  const platform = platformIdOf(type)
  return platform === undefined || platform === 'auto' ? null : { platform }
}
