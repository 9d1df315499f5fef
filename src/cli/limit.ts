import { Option } from 'commander'
import { type Limit, parseLimit } from '../inventory/limit.ts'

/** `--limit`, for every verb that works on devices of an inventory; given twice, both must hold. */
export const limitOption = (): Option =>
  new Option(
    '--limit <terms>',
    'only some devices: site=ams,!role=lab; keys name, site, role, tag, group, platform, host; * ? and a|b in values',
  ).argParser((value: string, before?: Limit) => parseLimit(before === undefined ? value : `${before.text},${value}`))
