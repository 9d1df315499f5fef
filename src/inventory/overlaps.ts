// PXE points that would count one relay twice: each address and host name belongs to one point, and is live or retired.
import { canonicalIp } from '../model/ip.ts'
import type { Path } from './locate.ts'
import type { Problem } from './problem.ts'
import type { InventoryFile } from './schema.ts'

type Point = InventoryFile['pxe_points'][number]

/** One name or address of a point, and where it stands. */
interface Claim {
  readonly point: Point
  readonly key: 'addresses' | 'retired' | 'hostnames'
  /** The spelling that tells whether two are the same. */
  readonly value: string
  readonly written: string
  readonly path: Path
}

/** Everything that is claimed twice, told at the later place. */
export function overlaps(points: readonly Point[]): Problem[] {
  const before = new Map<string, Claim[]>()
  return points.flatMap(claimsOf).flatMap(claim => {
    const same = before.get(claim.value) ?? []
    before.set(claim.value, [...same, claim])
    const other = same.find(earlier => clash(earlier, claim))
    return other ? [{ path: claim.path, at: 'value' as const, message: sentence(other, claim) }] : []
  })
}

const claimsOf = (point: Point, p: number): Claim[] =>
  (['addresses', 'retired', 'hostnames'] as const).flatMap(key =>
    point[key].map((written, n) => ({ point, key, value: spelling(key, written), written, path: ['pxe_points', p, key, n] })),
  )

const spelling = (key: Claim['key'], text: string): string =>
  key === 'hostnames' ? text.toLowerCase().replace(/\.$/, '') : (canonicalIp(text) ?? text)

/** An address that two points gave up is left over from both. The same address elsewhere, or in another VRF, is another one. */
function clash(a: Claim, b: Claim): boolean {
  if (a.point === b.point) return true
  if (a.key === 'retired' && b.key === 'retired') return false
  const [here, there] = [a.point, b.point]
  const sameSite = !here.sites || !there.sites || here.sites.some(site => there.sites?.includes(site))
  return sameSite && (here.vrf === undefined || there.vrf === undefined || here.vrf === there.vrf)
}

function sentence(a: Claim, b: Claim): string {
  if (a.point === b.point)
    return a.key === b.key
      ? `"${b.written}" is listed twice under ${b.key}: of "${b.point.name}"; keep one`
      : `"${b.written}" of "${b.point.name}" is both under ${a.key}: and under ${b.key}:; it is one or the other`
  const apart = 'or keep them apart by sites: or vrf:'
  if (a.key === b.key)
    return `"${b.point.name}" and "${a.point.name}" both answer on "${b.written}"; make them one PXE point, ${apart}`
  const [live, retired] = a.key === 'retired' ? [b, a] : [a, b]
  return `"${b.written}" is live at "${live.point.name}" and retired at "${retired.point.name}"; remove it from one of them, ${apart}`
}
