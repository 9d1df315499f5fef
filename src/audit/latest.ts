// A memory of a few values: a large network does not fit into more.

/** Texts are wanted several times in a row, for the lines of one finding and for the proof of its fix. */
const KEPT = 4

/** Keeps the latest few values. */
export function fewLatest<T>(): (key: string, make: () => T) => T {
  const kept = new Map<string, T>()
  return (key, make) => {
    const value = kept.has(key) ? (kept.get(key) as T) : make()
    kept.delete(key)
    kept.set(key, value)
    const [oldest] = kept.keys()
    if (kept.size > KEPT && oldest !== undefined) kept.delete(oldest)
    return value
  }
}
