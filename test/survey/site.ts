import type { LightMyRequestResponse } from 'fastify'
import { parseHTML } from 'linkedom'
import type { TypedForm } from '../../src/domain/answer/form.ts'
import { OTHER_HOSPITAL } from '../../src/domain/answer/questions.ts'
import { TRAP_FIELD } from '../../src/survey/answer/answering.ts'
import { sealDraft } from '../../src/survey/answer/draft-link.ts'
import { startTestApp, type TestAppOptions } from '../support/app.ts'
import { aForm } from '../support/builders.ts'
import { formPost, htmlOf } from '../support/html.ts'
import { addHospitals } from '../support/submissions.ts'

export type SurveySite = Awaited<ReturnType<typeof startSurvey>>

/** The program with two hospitals in the master, asked as a browser without scripts would. */
export async function startSurvey(options: TestAppOptions = {}) {
  const running = await startTestApp(options)
  addHospitals(
    running.stores,
    {},
    { key: '4619900029', name: '第二試験病院', kana: 'ダイニシケンビョウイン' },
  )
  const { app } = running
  return {
    ...running,
    get: (url: string) => app.inject({ url }),
    post: (url: string, fields: Partial<TypedForm> & Record<string, string> = {}) =>
      app.inject(formPost(url, fields)),
    confirm: (overrides: Partial<TypedForm> = {}) =>
      app.inject(formPost('/survey/confirm', aForm(overrides))),
    /** The form by the link that another machine made. */
    resume: (typed: TypedForm, { until = '2024-03-18T15:00:00Z' } = {}) => {
      const draft = sealDraft(typed, { secret: running.secret, expiresAt: new Date(until) })
      return app.inject({ url: `/survey/resume?d=${draft}` })
    },
    send: (overrides: Partial<TypedForm> = {}) => app.inject(formPost('/survey', aForm(overrides))),
  }
}

export type Page = ReturnType<typeof htmlOf>
type Control = NonNullable<ReturnType<Page['querySelector']>>

/** Under 「一覧にない病院」. */
export const OTHER = {
  hospitalCode: OTHER_HOSPITAL,
  hospitalName: '架空病院',
  hospitalAddress: '鹿児島県鹿児島市架空町2-2',
  hospitalBeds: '80',
}

/** What a person's browser would send from the page's form: hidden fields, inputs, the chosen option and radios. */
export function fieldsOf(page: Page): Record<string, string> {
  const fields: Record<string, string> = {}
  for (const control of page.querySelectorAll('form input, form textarea, form select')) {
    const name = control.getAttribute('name')
    const value = sentValue(control)
    if (name !== null && name !== TRAP_FIELD && value !== null) fields[name] = value
  }
  return fields
}

function sentValue(control: Control): string | null {
  if (control.localName === 'select') {
    const chosen = control.querySelector('option[selected]') ?? control.querySelector('option')
    return chosen?.getAttribute('value') ?? ''
  }
  if (control.localName === 'textarea') return textareaValue(control)
  if (control.getAttribute('type') === 'radio' && !control.hasAttribute('checked')) return null
  return control.getAttribute('value') ?? ''
}

/** HTML drops the first line break of a textarea; the parser of the tests leaves its character references. */
function textareaValue(control: Control): string {
  const text = control.textContent!.replace(/^\n/, '')
  return parseHTML(`<p title="${text}"></p>`).document.querySelector('p')!.getAttribute('title')!
}

export function pageOf(reply: LightMyRequestResponse): Page {
  return htmlOf(reply)
}

export function textOf(page: Page, selector: string): string {
  return page.querySelector(selector)?.textContent?.replace(/\s+/g, ' ').trim() ?? ''
}

/** The rows of an answer: 確認, the receipt, and what was not taken. Of a page or a part of it. */
export function rowsOf(page: Pick<Page, 'querySelectorAll'>): Record<string, string> {
  const rows = [...page.querySelectorAll('.summary-list__row')]
  return Object.fromEntries(
    rows.map((row) => [row.querySelector('dt')!.textContent, row.querySelector('dd')!.textContent]),
  )
}

/** What a correction changes, by label: before and after. Of a page or a part of it. */
export function changesOf(
  part: Pick<Page, 'querySelectorAll'>,
): Record<string, [before: string, after: string]> {
  const rows = [...part.querySelectorAll('.summary-list__row')].filter((row) => row.querySelector('ins'))
  const label = (row: Control) => row.querySelector('dt')!.firstChild!.textContent!.trim()
  const text = (row: Control, name: string) => row.querySelector(name)!.textContent!
  return Object.fromEntries(rows.map((row) => [label(row), [text(row, 'del'), text(row, 'ins')]]))
}

/** Messages of the error summary, by the anchor they lead to. */
export function errorsOf(page: Page): Record<string, string> {
  const links = [...page.querySelectorAll('.error-summary a')]
  return Object.fromEntries(links.map((link) => [link.getAttribute('href')!.slice(1), link.textContent]))
}
