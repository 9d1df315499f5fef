// A segment as a drawing: clients above, routers side by side, the PXE point below. A copy is a double line with its number; what
// a gate holds back is dashed, what is off is dotted. The list beside the drawing says the same in words.
import type { Pair } from '../places.ts'
import { segmentName } from '../words.ts'
import { type Path, pathsOf } from './paths.ts'
import { type Child, el, type Tree } from './tree.ts'

/** Sizes in units of the drawing, which are pixels where there is room. */
const BOX = { width: 164, height: 82, gap: 16 }
const LEAST = 360
/** Routers are drawn at y; lines run from the clients to them, and from them to the point. */
const Y = { clients: 8, routers: 86, point: 256 }
const END = { width: 220, height: 44 }
const HEIGHT = Y.point + END.height + 8
/** More routers than this are only counted. */
const MOST = 4
/** Letters that fit into a box. */
const FIT = { strong: 19, soft: 24 }

/** The drawing; `id` tells it from others of the page, and `list` is the id of what says the same in words. */
export function diagram(pair: Pair, id: string, list: string): Tree {
  const paths = pathsOf(pair)
  const members = [...new Set(paths.map(p => p.member))]
  const shown = members.slice(0, MOST)
  const places = shown.length + (members.length > MOST ? 1 : 0)
  const width = Math.max(LEAST, places * (BOX.width + BOX.gap) + BOX.gap)
  const start = (width - places * BOX.width - (places - 1) * BOX.gap) / 2
  const left = (n: number) => start + n * (BOX.width + BOX.gap)
  const middle = width / 2
  return el(
    'svg',
    {
      'class': 'diagram',
      'viewBox': `0 0 ${width} ${HEIGHT}`,
      'width': width,
      'height': HEIGHT,
      'role': 'img',
      'aria-labelledby': id,
      'aria-describedby': list,
    },
    el('title', { id }, 'The way of a boot request from the clients to the PXE point'),
    shown.map((member, n) => {
      const x = left(n) + BOX.width / 2
      return [
        el('path', { class: 'wire', d: `M${middle} ${Y.clients + END.height} L${x} ${Y.routers}` }),
        fan(paths.filter(p => p.member === member)).map(([path, shift]) =>
          arrow(path, x + shift, middle + aim(n, places) + shift / 3),
        ),
      ]
    }),
    box('end', middle - END.width / 2, Y.clients, END.width, END.height, ['Clients', segmentName(pair.segment)]),
    shown.map((m, n) =>
      box(`router ${m.role}`, left(n), Y.routers, BOX.width, BOX.height, [
        m.device,
        m.interface,
        m.role === 'unknown' ? 'role not known' : m.role,
        m.role === 'unknown'
          ? ''
          : `${m.observed ? 'observed' : 'predicted'}${m.confidence === 'none' ? '' : `, ${m.confidence}`}`,
      ]),
    ),
    members.length > MOST &&
      box('router', left(MOST), Y.routers, BOX.width, BOX.height, [`${members.length - MOST} more`, 'see the list']),
    box('end', middle - END.width / 2, Y.point, END.width, END.height, ['PXE point', pair.pxe.point]),
  )
}

/** Several ways past one router stand beside one another. */
const fan = (paths: readonly Path[]): (readonly [Path, number])[] =>
  paths.slice(0, 3).map((path, n, all) => [path, (n - (all.length - 1) / 2) * 66] as const)

/** Lines reach the point side by side. */
const aim = (n: number, places: number) => (n - (places - 1) / 2) * 40

/** The line from a router to the point, and what it is. */
function arrow({ kind, copy, gated }: Path, from: number, to: number): Child {
  if (kind === 'none') return label('quiet', from, Y.routers + BOX.height + 18, 'no relay')
  const top = Y.routers + BOX.height
  const end = Y.point - 2
  const middle = { x: from + (to - from) * 0.42, y: top + (end - top) * 0.42 }
  const line = `M${from} ${top} L${to} ${end - 9}`
  const said = kind === 'copy' ? (copy === null ? 'copy' : `copy ${copy}`) : kind === 'waits' ? 'waits' : 'off'
  return el(
    'g',
    { class: `lane ${kind}` },
    el('path', { class: 'line', d: line }),
    kind === 'copy' && el('path', { class: 'core', d: line }),
    el('path', { class: 'head', d: `M${to - 6} ${end - 10} L${to + 6} ${end - 10} L${to} ${end} Z` }),
    gated && el('path', { class: 'gate', d: gateAt(from, to, top, end) }),
    label(kind, middle.x, middle.y, said),
  )
}

/** A diamond near the router. */
function gateAt(from: number, to: number, top: number, end: number): string {
  const [x, y] = [from + (to - from) * 0.14, top + (end - top) * 0.14]
  return `M${x} ${y - 8} L${x + 8} ${y} L${x} ${y + 8} L${x - 8} ${y} Z`
}

const label = (kind: string, x: number, y: number, said: string): Tree =>
  el(
    'g',
    { class: `label ${kind}` },
    el('rect', { x: x - said.length * 3.6 - 8, y: y - 10, width: said.length * 7.2 + 16, height: 20, rx: 10 }),
    el('text', { 'x': x, 'y': y + 4, 'text-anchor': 'middle' }, said),
  )

/** A box with a strong line and softer ones. What is longer than the box ends in an ellipsis; the list has it whole. */
const box = (
  kind: string,
  x: number,
  y: number,
  width: number,
  height: number,
  [strong = '', ...soft]: readonly string[],
): Tree =>
  el(
    'g',
    { class: `box ${kind}` },
    el('rect', { x, y, width, height, rx: 5 }),
    // An image within the image cuts off what a wide script would push over the edge.
    el(
      'svg',
      { x, y, width, height, 'aria-hidden': 'true' },
      el('text', { 'class': 'strong', 'x': width / 2, 'y': 20, 'text-anchor': 'middle' }, cut(strong, FIT.strong)),
      soft.map((text, n) =>
        el(
          'text',
          { 'x': width / 2, 'y': 37 + n * 17, 'text-anchor': 'middle' },
          cut(text, width > BOX.width ? FIT.soft + 6 : FIT.soft),
        ),
      ),
    ),
  )

const cut = (text: string, most: number): string => ([...text].length > most ? `${[...text].slice(0, most - 1).join('')}…` : text)
