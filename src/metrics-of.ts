import type { Config } from './config.ts'
import { timeCommits } from './db/commit-time.ts'
import { figureStore } from './db/figures.ts'
import type { OpenDatabase } from './db/open.ts'
import { VERSION } from './version.ts'
import type { Counting } from './web/counting.ts'

/**
 * What is counted of a survey, whichever of its listeners it comes by. Loaded only where somebody asks for it.
 * @returns null where METRICS_TOKEN is not set
 */
export async function metricsOf(
  { db, ping }: OpenDatabase,
  { databasePath, metricsToken }: Config,
  now: () => Date,
): Promise<Counting | null> {
  if (metricsToken === null) return null
  const { openMetrics } = await import('./metrics/metrics.ts')
  const metrics = openMetrics({ figures: figureStore(db), ping, databasePath, version: VERSION, now })
  timeCommits(db, metrics.committed)
  return metrics
}
