// The program as it is shipped; the test runner builds it before the first test.
import { join } from 'node:path'

/** The bin, for `node`. */
export const program = join(import.meta.dirname, '..', '..', 'dist', 'src', 'main.js')
