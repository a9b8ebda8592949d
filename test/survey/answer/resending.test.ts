import { describe, expect, test } from 'vitest'
import { aForm } from '../../support/builders.ts'
import { errorsOf, fieldsOf } from '../../support/forms.ts'
import { htmlOf, textOf } from '../../support/html.ts'
import { surveyWith } from '../../support/survey.ts'

const site = surveyWith()

const stored = () => site.stores.submissions.all()

describe('the same number again', () => {
  test('with the same answers: the same receipt and one record', async () => {
    const sent = aForm()
    const [first, second] = [await site.post('/survey', sent), await site.post('/survey', sent)]
    expect(second.statusCode).toBe(303)
    expect(second.headers.location).toBe(first.headers.location)
    expect(stored()).toHaveLength(1)
    expect(stored()[0]).toMatchObject({ version: 1 })
  })

  test('twice at once: one record', async () => {
    const sent = aForm()
    const replies = await Promise.all([1, 2, 3, 4].map(() => site.post('/survey', sent)))
    expect(new Set(replies.map(({ headers }) => headers.location)).size).toBe(1)
    expect(stored()).toHaveLength(1)
  })

  test('with other answers: the same receipt, corrected', async () => {
    const sent = aForm()
    const first = await site.post('/survey', sent)
    site.setNow('2024-03-12T01:00:00Z')
    const second = await site.post('/survey', { ...sent, intent: 'backup' })
    expect(second.headers.location).toBe(first.headers.location)
    expect(stored()).toMatchObject([{ version: 2, answers: { intent: 'backup' } }])
    const receipt = htmlOf(await site.get(second.headers.location!))
    expect(textOf(receipt, '.receipt')).toContain('受付日時令和6年3月11日（月）10時00分')
    expect(textOf(receipt, '.receipt').replaceAll(' ', '')).toContain('訂正日時令和6年3月12日（火）10時00分')
  })

  test('for another hospital: refused with what to do, nothing changed', async () => {
    const sent = aForm()
    await site.post('/survey', sent)
    const reply = await site.post('/survey', { ...sent, hospitalCode: '4619900029' })
    expect(reply.statusCode).toBe(422)
    expect(errorsOf(htmlOf(reply)).hospitalCode).toMatch(
      /受付番号R-0001で受付済みのため、病院を変更できません/,
    )
    expect(stored()).toMatchObject([{ hospitalCode: '4619900011', version: 1 }])
  })

  test('after it was withdrawn: confirmed anew under a new number', async () => {
    const sent = aForm()
    await site.post('/survey', sent)
    site.stores.submissions.withdraw('R-0001', { at: new Date('2024-03-12T01:00:00Z'), actor: 'test' })
    const changed = { ...sent, intent: 'network' }
    const reply = await site.post('/survey', changed)
    const page = htmlOf(reply)
    expect(reply.statusCode).toBe(200)
    expect(textOf(page, '[role="alert"]')).toContain('既に取り下げられています')
    expect(fieldsOf(page)).toEqual({
      ...changed,
      submissionId: expect.not.stringContaining(sent.submissionId),
    })
    expect((await site.post('/survey', fieldsOf(page))).statusCode).toBe(303)
    expect(stored().map(({ state }) => state)).toEqual(['withdrawn', 'current'])
  })
})

test.each(['', 'abc', "'; --", '00000000-0000-0000-0000-00000000000g'])(
  'without 確認 (number %j): asked to go through it, everything kept, nothing stored',
  async (submissionId) => {
    const sent = aForm({ submissionId })
    const reply = await site.post('/survey', sent)
    const page = htmlOf(reply)
    expect(reply.statusCode).toBe(422)
    expect(Object.keys(errorsOf(page))).toEqual(['confirm-button'])
    expect(errorsOf(page)['confirm-button']).toContain('「確認画面へ進む」を押し')
    expect(stored()).toEqual([])
    const again = await site.post('/survey/confirm', fieldsOf(page))
    expect(fieldsOf(htmlOf(again))).toEqual({
      ...sent,
      submissionId: expect.stringMatching(/^[0-9a-f-]{36}$/),
    })
  },
)
