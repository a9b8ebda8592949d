import { expect, test } from 'vitest'
import { htmlOf, textOf } from '../../support/html.ts'
import { surveyWith } from '../../support/survey.ts'

const site = surveyWith({ shared: true })

const EXTENDED = '回答期限を令和6年3月18日（月）から令和6年3月25日（月）に延長しました。'
const by = { actor: 'test', at: new Date('2024-03-01') }

async function texts(): Promise<string[]> {
  return [textOf(htmlOf(await site.get('/')), 'main'), textOf(htmlOf(await site.get('/survey')), 'main')]
}

test('a deadline that was never moved is not spoken of as extended', async () => {
  for (const text of await texts()) expect(text).not.toContain('延長')
})

test('an extended deadline is said on the notice, the form and the page after it', async () => {
  expect(site.stores.settings.change({ closesAt: '2024-03-25', originalClosesAt: '2024-03-18' }, by)).toEqual(
    [],
  )
  site.setNow('2024-03-19T01:00:00Z')
  for (const text of await texts()) expect(text).toContain(EXTENDED)
  expect((await site.confirm()).statusCode).toBe(200)
  site.setNow('2024-03-25T15:00:00Z')
  for (const text of await texts()) expect(text).toContain(EXTENDED)
  expect(textOf(htmlOf(await site.get('/survey')), 'h1')).toBe('回答の受付は終了しました')
})

test('blank again, it is gone', async () => {
  expect(site.stores.settings.change({ originalClosesAt: ' ' }, by)).toEqual([])
  for (const text of await texts()) expect(text).not.toContain('延長')
})
