import type { TypedForm } from '../../src/domain/answer/form.ts'
import { OTHER_HOSPITAL } from '../../src/domain/answer/questions.ts'
import type { Hospital } from '../../src/domain/master/hospital.ts'
import { sealDraft } from '../../src/survey/answer/draft-link.ts'
import { startTestApp, type TestApp, type TestAppOptions } from './app.ts'
import { aForm } from './builders.ts'
import { fill } from './contents.ts'
import { formPost, type PageElement, type PagePart } from './html.ts'
import { type OfficeOptions, officeWith } from './office.ts'

const HOSPITALS: Partial<Hospital>[] = [
  {},
  { key: '4619900029', name: '第二試験病院', kana: 'ダイニシケンビョウイン' },
]

export type SurveySite = Awaited<ReturnType<typeof startSurvey>>

/** The hospitals' side with two hospitals in the master, anew for every test of the file. */
export function surveyWith(options: OfficeOptions = {}) {
  const { hospitals = [], ...others } = options
  const office = officeWith({ side: 'public', hospitals: [...HOSPITALS, ...hospitals], ...others })
  return Object.assign(office, askedBy(office))
}

/** The same, for one test that wants it otherwise. */
export async function startSurvey(options: TestAppOptions = {}) {
  const running = await startTestApp({ side: 'public', ...options })
  fill(running.stores, { hospitals: HOSPITALS })
  return Object.assign(running, askedBy(running))
}

/** What a browser without scripts asks. */
function askedBy(running: Pick<TestApp, 'app' | 'secret'>) {
  const post = (url: string, fields: Record<string, string>) => running.app.inject(formPost(url, fields))
  return {
    get: (url: string) => running.app.inject({ url }),
    post: (url: string, fields: Partial<TypedForm> & Record<string, string> = {}) => post(url, fields),
    confirm: (overrides: Partial<TypedForm> = {}) => post('/survey/confirm', aForm(overrides)),
    send: (overrides: Partial<TypedForm> = {}) => post('/survey', aForm(overrides)),
    /** The form by the link that another machine made. */
    resume: (typed: TypedForm, { until = '2024-03-18T15:00:00Z' } = {}) => {
      const draft = sealDraft(typed, { secret: running.secret, expiresAt: new Date(until) })
      return running.app.inject({ url: `/survey/resume?d=${draft}` })
    },
  }
}

/** Under 「一覧にない病院」. */
export const OTHER = {
  hospitalCode: OTHER_HOSPITAL,
  hospitalName: '架空病院',
  hospitalAddress: '鹿児島県鹿児島市架空町2-2',
  hospitalBeds: '80',
}

/** The rows of an answer: 確認, the receipt, and what was not taken. Of a page or a part of it. */
export function rowsOf(page: PagePart): Record<string, string> {
  const rows = [...page.querySelectorAll('.summary-list__row')]
  return Object.fromEntries(
    rows.map((row) => [row.querySelector('dt')!.textContent, row.querySelector('dd')!.textContent]),
  )
}

/** What a correction changes, by label: before and after. Of a page or a part of it. */
export function changesOf(part: PagePart): Record<string, [before: string, after: string]> {
  const rows = [...part.querySelectorAll('.summary-list__row')].filter((row) => row.querySelector('ins'))
  const label = (row: PageElement) => row.querySelector('dt')!.firstChild!.textContent!.trim()
  const text = (row: PageElement, name: string) => row.querySelector(name)!.textContent!
  return Object.fromEntries(rows.map((row) => [label(row), [text(row, 'del'), text(row, 'ins')]]))
}
