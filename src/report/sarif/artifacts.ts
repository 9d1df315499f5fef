// Files and devices as SARIF names them.
import { pathToFileURL } from 'node:url'
import { placeOf } from '../paths.ts'

/** An artifactLocation object (SARIF 2.1.0, 3.4). */
export interface ArtifactLocation {
  readonly uri: string
  /** `address`: where the configuration was collected from. */
  readonly properties?: { readonly address: string }
}

/**
 * The location of a configuration; null for one without a file. A file below the folder is a relative reference. GitHub refuses
 * a whole upload for one URI with another scheme than `file:` ("SARIF URI scheme ... did not match the checkout URI scheme"), so
 * a device that was collected is the relative reference `ssh/HOST:PORT`, and its address stands beside it.
 */
export function artifactOf(file: string, folder: string): ArtifactLocation | null {
  if (file === '') return null
  const { kind, path } = placeOf(file, folder)
  if (kind === 'below') return { uri: reference(path) }
  if (kind === 'elsewhere') return { uri: pathToFileURL(path.replace(/\p{Surrogate}/gu, '\uFFFD')).href }
  const [scheme = '', rest = ''] = path.split(/:\/\/(.*)/s)
  return { uri: reference(`${scheme}/${rest}`), properties: { address: path } }
}

/** A path as a relative reference (RFC 3986, 4.2). */
const reference = (path: string): string =>
  path
    .split('/')
    // A lone surrogate has no UTF-8 form, and encodeURIComponent would throw.
    .map(part => encodeURIComponent(part.replace(/\p{Surrogate}/gu, '\uFFFD')))
    .join('/')
