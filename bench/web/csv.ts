import { stringify } from 'csv-stringify/sync'
import { hospitalSheetColumns } from '../../src/files/hospitals/sheet-columns.ts'
import { cellText, toCsv } from '../../src/files/table/csv.ts'
import { encodeCsv } from '../../src/files/table/encoding.ts'
import { sheetHospitals } from '../generated-survey.ts'
import { COUNTRY } from '../hospitals.ts'
import { timed } from './measured.ts'
import type { Row } from './row.ts'

const LINE = 'CSV of 8,200 hospitals, with guards against formulas'
const GOAL = 0.8

export const csv: Row = {
  name: 'csv',
  lines: [LINE],
  async measure() {
    const hospitals = sheetHospitals(COUNTRY)
    const cells = hospitals.map((hospital) =>
      hospitalSheetColumns.map(({ value }) => cellText(value(hospital))),
    )
    const header = hospitalSheetColumns.map(({ header }) => header)
    const options = { record_delimiter: '\r\n', bom: true } as const
    const [ours, theirs] = (await timed([
      () => encodeCsv(toCsv(hospitalSheetColumns, hospitals), 'utf-8'),
      () => Buffer.from(stringify([header, ...cells], options)),
    ])) as [number, number]
    return [
      {
        what: LINE,
        against: 'csv-stringify alone, its cells at hand',
        goal: `≥ ${GOAL}`,
        figure: `${(theirs / ours).toFixed(2)} (${ours.toFixed(1)} and ${theirs.toFixed(1)} ms)`,
        isMet: theirs / ours >= GOAL,
      },
    ]
  },
}
