import { csv } from './csv.ts'
import { engine } from './engine.ts'
import { journey } from './journey.ts'
import { memory } from './memory.ts'
import { minute } from './minute.ts'
import { officePages } from './office-pages.ts'
import { peer } from './peer.ts'
import { startPages, survey } from './public-pages.ts'
import type { Row } from './row.ts'
import { stability } from './stability.ts'
import { start } from './start.ts'

/** In the order of the table. */
export const ROWS: readonly Row[] = [
  survey,
  startPages,
  journey,
  peer,
  minute,
  officePages,
  engine,
  stability,
  csv,
  start,
  memory,
]
