import { COUNTRY } from './hospitals.ts'
import type { BenchCase } from './main.ts'
import { bigOffice } from './officers/office.ts'

const country = await bigOffice(COUNTRY, { isConfirmed: false })
const open = (url: string) => () => country.get(url)

/** A workbook takes more than a second. */
export const iterations = 5

/**
 * Lists of 8,200 hospitals as an officer searches, filters and saves them: a request from the session to the last byte. How the
 * pages themselves grow with the hospitals `npm run bench:web` measures.
 */
export const cases: BenchCase[] = [
  { name: 'list of answers, page 30', goal: 40, run: open('/admin/submissions?page=30') },
  { name: 'search', goal: 40, run: open(`/admin/submissions?q=${encodeURIComponent('第4321')}`) },
  { name: 'filter', goal: 40, run: open('/admin/submissions?emr=full&intent=both&sort=hospital') },
  { name: 'search of hospitals', goal: 40, run: open(`/admin/hospitals?q=${encodeURIComponent('第4321')}`) },
  { name: 'selection, the points of each criterion', goal: 80, run: open('/admin/selection?view=points') },
  { name: 'answers as CSV', goal: 120, run: open('/admin/submissions.csv') },
  { name: 'answers as XLSX', goal: 1500, run: open('/admin/submissions.xlsx') },
]
