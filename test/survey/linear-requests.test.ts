import { beforeAll, expect, test } from 'vitest'
import { SUBMISSION_FIELDS } from '../../src/domain/answer/form.ts'
import { TRAP_FIELD } from '../../src/survey/answer/answering.ts'
import { aForm } from '../support/builders.ts'
import { CHARACTER_CLASSES, slowForms } from '../support/growth.ts'
import { saveSubmission } from '../support/submissions.ts'
import { OTHER, surveyWith } from '../support/survey.ts'

/** As much text as one sending may hold, whatever it is made of, is answered as fast as plain letters. */

const site = surveyWith({ shared: true })
let late: string
let receipt: string
beforeAll(() => {
  const link = { hospitalCode: '4619900029', expiresAt: new Date('2024-03-25T15:00:00Z'), reason: '災害対応' }
  late = `/late/${site.stores.lateLinks.create(link, { actor: 'officer', at: new Date('2024-03-11') }).token}`
  const { number, code } = saveSubmission(site.stores)
  receipt = `/receipts/${number}/${code}`
})

const CHOICES = ['hospitalCode', 'emr', 'intent', 'gmisConsent'] as const
const TYPED = SUBMISSION_FIELDS.filter((field) => !CHOICES.some((choice) => choice === field))
const rest = { ...aForm({ ...OTHER, emr: 'planned', emrPlannedMonth: '2024-09' }) }

async function slow(url: string, typed: readonly string[], classes?: string[]) {
  return slowForms(
    { typed, rest },
    async (payload) => {
      const headers = { 'content-type': 'application/x-www-form-urlencoded' }
      const sent = site.app.inject({ method: 'POST', url, headers, payload })
      const health = site.app.inject({ url: '/healthz' })
      expect((await sent).statusCode).toBeLessThan(500)
      expect((await sent).statusCode).not.toBe(413)
      expect((await health).statusCode).toBe(200)
    },
    classes,
  )
}

test.each([
  ['all fields', TYPED],
  ['remarks', ['remarks']],
] as const)('確認, every class of character in %s', async (_name, typed) => {
  expect(await slow('/survey/confirm', typed, Object.keys(CHARACTER_CLASSES))).toEqual([])
})

test.each(TYPED)('確認, all of it in %s', async (field) => {
  expect(await slow('/survey/confirm', [field])).toEqual([])
})

test.each([
  ['確認, where nobody types', () => '/survey/confirm', [...CHOICES, TRAP_FIELD]],
  ['the form again', () => '/survey/form', TYPED],
  ['sending', () => '/survey', TYPED],
  ['the decision sheet', () => '/survey/print', TYPED],
  ['the link to go on with', () => '/survey/link', TYPED],
  ['the look-up of a receipt', () => '/receipts', ['number', 'code']],
  ['確認 behind a late link', () => `${late}/confirm`, TYPED],
  ['sending behind a late link', () => late, TYPED],
  ['確認 of a correction', () => `${receipt}/confirm`, TYPED],
  ['a correction', () => `${receipt}/edit`, [...TYPED, 'version']],
  ['a withdrawal, which asks for nothing', () => `${receipt}/withdraw`, ['reason']],
])('%s', async (_name, url, typed) => {
  expect(await slow(url(), typed)).toEqual([])
})

test('what is too long is named, with what to do, and stays as it was typed', async () => {
  const remarks = `あ${' '.repeat(20_000)}い`
  const reply = await site.confirm({ remarks })
  expect(reply.statusCode).toBe(422)
  expect(reply.body).toContain('備考は1,000文字以内で入力してください（現在20,002文字）。')
  expect(reply.body).toContain(remarks)
})
