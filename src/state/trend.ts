// The numbers of the last runs, for those who draw them.
import type { RunLine, SiteCounts, Trend } from '../model/history.ts'

/** More runs than this make no better drawing. */
const RUNS = 60

/** What the last runs counted. */
export const trendOf = (runs: readonly RunLine[]): Trend => ({
  runs: runs.slice(-RUNS).map(({ started_at, summary: { duplicate, unknown }, sites }) => {
    const by_site = Object.fromEntries(Object.entries(sites).map(([site, counts]) => [site, standing(counts)] as const))
    return { at: started_at, duplicate, unknown, findings: Object.values(by_site).reduce((sum, n) => sum + n, 0), by_site }
  }),
})

const standing = ({ error, warning }: SiteCounts) => error + warning
