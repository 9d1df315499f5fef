// What V8 optimizes, for runs that hold many conversations and compute little.
import { setFlagsFromString } from 'node:v8'

/** The latest major version of Node that this was tried with: another V8 may not know the flag, and would say so. */
const TRIED = 24

/**
 * Has V8 put fewer functions into one another when it optimizes. The code of a session runs a few times for each device: with all that it
 * calls, it costs more to compile than it ever gains. Of the processor time for 2,000 devices that is a tenth (`npm run bench:collect`).
 * It holds for the whole process, so it is for the bin alone to decide.
 */
export function compileSparingly(): void {
  if (Number.parseInt(process.versions.node, 10) <= TRIED) setFlagsFromString('--max-inlined-bytecode-size-cumulative=150')
}
