// Files as the reader of a report finds them: pipelines name files relative to the folder they run in.
import { isAbsolute, join, normalize, relative, sep } from 'node:path'

/** Where a file stands, seen from a folder. */
export interface FilePlace {
  /** `below`: relative to the folder, with slashes. `elsewhere`: absolute. `remote`: no file, but an address such as `ssh://host:22`. */
  readonly kind: 'below' | 'elsewhere' | 'remote'
  readonly path: string
}

const ADDRESS = /^[a-z][a-z0-9+.-]+:\/\//i

/** Sees a file from a folder, which is an absolute path. */
export function placeOf(file: string, folder: string): FilePlace {
  if (ADDRESS.test(file)) return { kind: 'remote', path: file }
  const absolute = isAbsolute(file) ? normalize(file) : join(folder, file)
  const path = relative(folder, absolute)
  const outside = path === '' || path === '..' || path.startsWith(`..${sep}`) || isAbsolute(path)
  return outside ? { kind: 'elsewhere', path: absolute.split(sep).join('/') } : { kind: 'below', path: path.split(sep).join('/') }
}
