// Writing files as snapshots are written, for verbs that are to start fast: the library as a whole takes longer to load than two
// configurations to judge.
export { makeFolder } from './collect/folder.ts'
export { replace } from './collect/stored.ts'
