import { COUNTRY } from './hospitals.ts'
import type { BenchCase } from './main.ts'
import { officerOver } from './selection-site.ts'

const country = await officerOver(COUNTRY)
const open = (url: string) => () => country.get(url)

/** The list of 8,200 hospitals' answers: a request from the session to the last byte. */
export const cases: BenchCase[] = [
  { name: 'list of answers', goal: 40, run: open('/admin/submissions') },
  { name: 'its page 30', goal: 40, run: open('/admin/submissions?page=30') },
  { name: 'search', goal: 40, run: open(`/admin/submissions?q=${encodeURIComponent('第4321')}`) },
  { name: 'filter', goal: 40, run: open('/admin/submissions?emr=full&intent=both&sort=hospital') },
  { name: 'list of hospitals', goal: 40, run: open('/admin/hospitals') },
  { name: 'search of hospitals', goal: 40, run: open(`/admin/hospitals?q=${encodeURIComponent('第4321')}`) },
  { name: 'answers as CSV', goal: 120, run: open('/admin/submissions.csv') },
  { name: 'answers as XLSX', goal: 1500, run: open('/admin/submissions.xlsx') },
]
