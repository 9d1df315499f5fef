// All that a parser may import.
export type { Context, Fact } from './facts.ts'
export { indent } from './layout/indent.ts'
export { tree } from './layout/tree.ts'
export { delimited, type Layout, until, type Verbatim } from './layout.ts'
export { definePlatform, type FixValues, type Platform } from './platform.ts'
export { expandRange } from './ranges.ts'
export { hsrpStates, indented, rowStart, rowWrapped, type StateTable, vrrpStates } from './state.ts'
export { ignore, part, refuse, rows, scope, wholeScope } from './table.ts'
