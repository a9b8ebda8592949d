import { describe, expect, test } from 'vitest'
import { SUBMISSION_FIELDS } from '../../../src/domain/answer/form.ts'
import { TRAP_FIELD } from '../../../src/survey/answer/answering.ts'
import { aForm } from '../../support/builders.ts'
import { errorsOf, fieldsOf } from '../../support/forms.ts'
import { htmlOf, textOf } from '../../support/html.ts'
import { addHospitals } from '../../support/submissions.ts'
import { OTHER, surveyWith } from '../../support/survey.ts'

const site = surveyWith({ shared: true })

describe('the empty form', () => {
  test('has every field of the contract, all of them empty', async () => {
    const reply = await site.get('/survey')
    const page = htmlOf(reply)
    expect(reply.statusCode).toBe(200)
    expect(reply.headers['set-cookie']).toBeUndefined()
    const names = [...page.querySelectorAll('form [name]')].map((control) => control.getAttribute('name'))
    expect([...new Set(names)].toSorted()).toEqual([...SUBMISSION_FIELDS, TRAP_FIELD].toSorted())
    expect(Object.values(fieldsOf(page)).filter(Boolean)).toEqual([])
  })

  test('is the same for everyone', async () => {
    expect((await site.get('/survey')).body).toBe((await site.get('/survey')).body)
  })

  test('names each question, and what is required', async () => {
    const page = htmlOf(await site.get('/survey'))
    const required = [...page.querySelectorAll('.required')].map((mark) => mark.parentElement!.textContent)
    expect(required).toEqual([
      '病院名※必須',
      '病院名（一覧にない病院）※必須',
      '病院の所在地※必須',
      '許可病床数※必須',
      '担当者名※必須',
      '電話番号※必須',
      'メールアドレス※必須',
      '問1　電子カルテシステムの導入状況※必須',
      '電子カルテシステムの導入予定年月※必須',
      '問2　本事業の活用意向※必須',
      '問3　GMIS調査の回答結果の活用の可否※必須',
    ])
  })

  test('offers every hospital under its region, and 一覧にない病院 at the end', async () => {
    addHospitals(site.stores, {
      key: '4619900037',
      name: '奄美試験病院',
      region: '奄美',
      municipality: '奄美市',
    })
    const page = htmlOf(await site.get('/survey'))
    const groups = [...page.querySelectorAll('optgroup')].map((group) => [
      group.getAttribute('label'),
      [...group.querySelectorAll('option')].map(({ textContent }) => textContent),
    ])
    expect(groups).toEqual([
      ['鹿児島', ['試験病院（鹿児島市）', '第二試験病院（鹿児島市）']],
      ['奄美', ['奄美試験病院（奄美市）']],
    ])
    expect(page.querySelector('#hospitalCode')!.lastElementChild!.getAttribute('value')).toBe('other')
  })

  test.each(['/survey/confirm', '/survey/form'])(
    'is where %s leads that was kept as an address',
    async (url) => {
      const reply = await site.get(url)
      expect([reply.statusCode, reply.headers.location]).toEqual([303, '/survey'])
    },
  )

  test('says what the personal data are for', async () => {
    const page = htmlOf(await site.get('/survey'))
    expect(textOf(page, 'form')).toContain('対象病院の選定、厚生労働省への報告、')
    expect(page.querySelector('form a[href="/privacy"]')?.getAttribute('target')).toBe('_blank')
  })
})

test('going back keeps the text as it was typed, good or bad', async () => {
  const sent = aForm({ ...OTHER, phone: '９９', remarks: '\n一行目\n\n"二"<行>&amp;', emr: 'planned' })
  const reply = await site.post('/survey/form', sent)
  expect(reply.statusCode).toBe(200)
  expect(fieldsOf(htmlOf(reply))).toEqual(sent)
  expect(errorsOf(htmlOf(reply))).toEqual({})
})
