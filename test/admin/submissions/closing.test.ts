import { beforeEach, describe, expect, test } from 'vitest'
import type { Submission } from '../../../src/domain/answer/submission.ts'
import { fieldsOf } from '../../support/forms.ts'
import { htmlOf, textOf } from '../../support/html.ts'
import { officeWith } from '../../support/office.ts'
import { signedIn } from '../../support/officer.ts'
import { saveSubmission } from '../../support/submissions.ts'

const HERE = '4610000011'
const OTHER = { name: '架空医院', address: '架空町1', beds: 25 }

const office = officeWith({
  now: '2024-03-12T00:00:00Z',
  hospitals: [
    { key: HERE, name: '桜島病院', region: '鹿児島', beds: 40 },
    { key: '4610000029', name: '奄美中央病院', region: '奄美', beds: 250 },
  ],
})
const browser = office.officer()

const REASON = { reason: '総務課に電話で確認した' }
const stateOf = (number: string) => office.stores.submissions.byNumber(number)!.state
const states = () => office.stores.submissions.all().map(({ state }) => state)
const main = async (url: string) => textOf(await browser.page(url), 'main')

/** Sends the form of an act as its page offers it. */
async function act(number: string, name: 'close' | 'reopen' | 'unlink' | 'current', typed = REASON) {
  const url = `/admin/submissions/${number}/${name}`
  const page = name === 'current' ? `/admin/submissions/${number}` : url
  return browser.post(url, { ...fieldsOf(await browser.page(page), url), ...typed })
}

/** What the officers' pages say of answers that wait: the dashboard, the draft, the checks, the list. */
async function waitingCounts() {
  const numberIn = (text: string, pattern: RegExp) =>
    Number(pattern.exec(text.replaceAll(/\s/g, ''))?.[1] ?? 0)
  const [dashboard, draft, confirm] = await Promise.all([
    main('/admin'),
    main('/admin/selection'),
    main('/admin/selection/confirm'),
  ])
  const listed = async (state: string) =>
    (await browser.page(`/admin/submissions?state=${state}`)).querySelectorAll('tbody tr').length
  return {
    dashboard: numberIn(dashboard, /(\d+)件同じ病院からの回答が重なっています/),
    draft: numberIn(draft, /重複\D*?(\d+)件/),
    confirm: numberIn(confirm, /重複\D*?(\d+)件/),
    listed: (await listed('duplicate')) + (await listed('unlinked')),
  }
}

describe('a duplicate that is not adopted', () => {
  beforeEach(() => {
    saveSubmission(office.stores, { hospital: HERE, at: '2024-03-11T01:00:00Z' })
    saveSubmission(office.stores, { hospital: HERE, at: '2024-03-11T02:00:00Z', intent: 'none' })
  })

  test('waits no more, and every count goes down', async () => {
    expect(await waitingCounts()).toEqual({ dashboard: 1, draft: 1, confirm: 1, listed: 1 })
    const reply = await act('R-0002', 'close')
    expect([reply.statusCode, states()]).toEqual([303, ['current', 'rejected']])
    expect(textOf(await browser.page(reply.headers.location!), '.banner--success')).toContain(
      '不採用（確認済み）',
    )
    expect(await waitingCounts()).toEqual({ dashboard: 0, draft: 0, confirm: 0, listed: 0 })
  })

  test('the other way round as well: the one that goes out is closed by that act', async () => {
    expect((await act('R-0002', 'current')).statusCode).toBe(303)
    expect(states()).toEqual(['rejected', 'current'])
    expect(await waitingCounts()).toEqual({ dashboard: 0, draft: 0, confirm: 0, listed: 0 })
  })

  test('is named by the date and never as the later one, whichever counts', async () => {
    expect(await main('/admin/submissions/R-0002')).toContain(
      '同じ病院の別の回答 R-0001（令和6年3月11日（月）受付）が、有効な回答になっています',
    )
    await act('R-0002', 'current')
    const replaced = await main('/admin/submissions/R-0001')
    expect(replaced).toContain(
      '同じ病院の別の回答 R-0002（令和6年3月11日（月）受付）が、有効な回答になっています',
    )
    expect(replaced).not.toContain('先に届いた')
  })

  test('the page of the one that counts leads to what waits beside it', async () => {
    const page = await browser.page('/admin/submissions/R-0001')
    expect(page.querySelector('main a[href="/admin/submissions/R-0002/close"]')).not.toBeNull()
    await act('R-0002', 'close')
    const settled = await browser.page('/admin/submissions/R-0001')
    expect(settled.querySelector('main a[href="/admin/submissions/R-0002/close"]')).toBeNull()
  })

  test('is no dead end: it waits again, or counts at once', async () => {
    await act('R-0002', 'close')
    expect((await act('R-0002', 'reopen')).statusCode).toBe(303)
    expect(states()).toEqual(['current', 'duplicate'])
    await act('R-0002', 'close')
    expect((await act('R-0002', 'current')).statusCode).toBe(303)
    expect(states()).toEqual(['rejected', 'current'])
  })

  test('every step stands in its history with who, when and why', async () => {
    await act('R-0002', 'close')
    await act('R-0002', 'reopen', { reason: '別の担当者から申出' })
    await act('R-0002', 'current', { reason: '院長に確認' })
    const historyOf = async (number: string) => {
      const page = await browser.page(`/admin/submissions/${number}`)
      const rows = page.querySelectorAll('[aria-label="処理の記録"] tbody tr')
      return [...rows].map((row) => [...row.querySelectorAll('td')].slice(1).map((cell) => cell.textContent))
    }
    expect((await historyOf('R-0002')).slice(1)).toEqual([
      ['試験 officer', '「不採用（確認済み）」に変更', REASON.reason],
      ['試験 officer', '確認待ちに変更', '別の担当者から申出'],
      ['試験 officer', 'この回答を有効な回答に変更', '院長に確認'],
    ])
    expect((await historyOf('R-0001')).slice(1)).toEqual([
      ['試験 officer', '「不採用（確認済み）」に変更', 'R-0002を有効としたため：院長に確認'],
    ])
    expect(office.stores.audit.verify()).toBeNull()
  })

  test('says that the hospital is without an answer where none counts', async () => {
    office.stores.submissions.withdraw('R-0001', { at: new Date('2024-03-12'), actor: 'test' })
    expect(await main('/admin/submissions/R-0002/close')).toContain('未回答の病院として取り扱われます')
  })
})

describe('an answer from outside the master', () => {
  beforeEach(() => void saveSubmission(office.stores, { hospital: OTHER }))

  test('is closed as none of the survey’s, and can be linked once it is opened again', async () => {
    const reply = await act('R-0001', 'close', { reason: '診療所からの回答' })
    expect([reply.statusCode, states()]).toEqual([303, ['outside']])
    expect(await main(reply.headers.location!)).toContain('対象外（確認済み）')
    expect(await waitingCounts()).toEqual({ dashboard: 0, draft: 0, confirm: 0, listed: 0 })
    const closed = await browser.page('/admin/submissions/R-0001')
    expect(closed.querySelector('form[action$="/link"]')).toBeNull()
    await act('R-0001', 'reopen')
    const link = '/admin/submissions/R-0001/link'
    const fields = fieldsOf(await browser.page('/admin/submissions/R-0001'), link)
    expect((await browser.post(link, { ...fields, ...REASON, hospitalCode: HERE })).statusCode).toBe(303)
    expect(states()).toEqual(['current'])
  })

  test('that is linked to a hospital with an answer waits as a duplicate, and is closed as one', async () => {
    saveSubmission(office.stores, { hospital: HERE })
    const link = '/admin/submissions/R-0001/link'
    await browser.get('/admin/submissions/R-0001')
    await browser.post(link, { ...REASON, hospitalCode: HERE })
    expect(states()).toEqual(['duplicate', 'current'])
    await act('R-0001', 'close')
    expect(states()).toEqual(['rejected', 'current'])
  })
})

test('an answer linked to the wrong hospital is given to the right one', async () => {
  saveSubmission(office.stores, { hospital: OTHER })
  await browser.get('/admin/submissions/R-0001')
  await browser.post('/admin/submissions/R-0001/link', { ...REASON, hospitalCode: HERE })
  const page = await browser.page('/admin/submissions/R-0001')
  expect(page.querySelector('main a[href="/admin/submissions/R-0001/unlink"]')).not.toBeNull()
  expect(await main('/admin/submissions/R-0001/unlink')).toContain('桜島病院の有効な回答ではなくなります')
  expect((await act('R-0001', 'unlink')).statusCode).toBe(303)
  expect(states()).toEqual(['unlinked'])
  await browser.get('/admin/submissions/R-0001')
  await browser.post('/admin/submissions/R-0001/link', { ...REASON, hospitalCode: '4610000029' })
  expect(office.stores.submissions.byNumber('R-0001')).toMatchObject({
    state: 'current',
    hospitalCode: '4610000029',
  })
})

describe('the page of an act', () => {
  beforeEach(() => {
    saveSubmission(office.stores, { hospital: HERE })
    saveSubmission(office.stores, { hospital: HERE })
  })

  test.each(['', ' 　\n', 'あ'.repeat(501)])('asks for a reason (%#): nothing is stored', async (reason) => {
    const reply = await act('R-0002', 'close', { reason })
    expect(reply.statusCode).toBe(422)
    const page = htmlOf(reply)
    expect(page.querySelector('#error-summary a')!.getAttribute('href')).toBe('#reason')
    expect(textOf(page, 'h1')).toBe('この回答を採用しない')
    expect(stateOf('R-0002')).toBe('duplicate')
  })

  test.each<[string, 'close' | 'reopen', Submission['state']]>([
    ['R-0001', 'close', 'current'],
    ['R-0001', 'reopen', 'current'],
    ['R-0002', 'reopen', 'duplicate'],
  ])('%s cannot be %sd as it is: the answer’s page says so', async (number, name, state) => {
    const url = `/admin/submissions/${number}/${name}`
    const shown = await browser.get(url)
    expect([shown.statusCode, textOf(htmlOf(shown), 'h1')]).toEqual([409, expect.stringContaining(number)])
    const sent = await browser.post(url, REASON)
    expect([sent.statusCode, stateOf(number)]).toEqual([409, state])
  })

  test('the second of two officers who close it is told', async () => {
    const url = '/admin/submissions/R-0002/close'
    const fields = fieldsOf(await browser.page(url), url)
    office.stores.submissions.close('R-0002', { actor: 'x', at: new Date(), reason: '同僚' })
    const reply = await browser.post(url, { ...fields, ...REASON })
    expect(reply.statusCode).toBe(409)
    expect(textOf(htmlOf(reply), '.banner--warning')).toContain('既に処理されています')
  })

  test('is not for a viewer, who sees no way to it', async () => {
    const viewer = await signedIn(office, { login: 'viewer', role: 'viewer' })
    for (const name of ['close', 'reopen']) {
      const url = `/admin/submissions/R-0002/${name}`
      expect((await viewer.get(url)).statusCode).toBe(403)
      expect((await viewer.post(url, REASON)).statusCode).toBe(403)
    }
    const page = await viewer.page('/admin/submissions/R-0002')
    expect(
      [...page.querySelectorAll('main a')].some((a) => /close|reopen/.test(a.getAttribute('href')!)),
    ).toBe(false)
  })

  test('of no answer is a 404', async () => {
    expect((await browser.get('/admin/submissions/R-9999/close')).statusCode).toBe(404)
    expect((await browser.post('/admin/submissions/R-9999/close', REASON)).statusCode).toBe(404)
  })
})

test('of four answers of one hospital each is settled for itself, and one counts throughout', async () => {
  for (let times = 0; times < 4; times += 1) saveSubmission(office.stores, { hospital: HERE })
  expect((await waitingCounts()).listed).toBe(3)
  await act('R-0003', 'current')
  expect(states()).toEqual(['rejected', 'duplicate', 'current', 'duplicate'])
  expect((await waitingCounts()).listed).toBe(2)
  await act('R-0002', 'close')
  await act('R-0004', 'close')
  expect(states()).toEqual(['rejected', 'rejected', 'current', 'rejected'])
  expect(await waitingCounts()).toEqual({ dashboard: 0, draft: 0, confirm: 0, listed: 0 })
})
