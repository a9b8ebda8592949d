import { journey } from './journey.ts'
import { startPages, survey } from './public-pages.ts'
import type { Row } from './row.ts'

/** In the order of the table. */
export const ROWS: readonly Row[] = [survey, startPages, journey]
