import { describe, expect, test } from 'vitest'
import {
  AFTER_DEADLINE,
  confirm,
  KI,
  KO,
  OTSU,
  reported,
  SELECTION,
  savePolicy,
  sendForm,
  TEI,
  TWO_BANDS,
} from '../../support/decisions.ts'
import { fieldsOf } from '../../support/forms.ts'
import { htmlOf } from '../../support/html.ts'
import { officeWith } from '../../support/office.ts'
import { type OfficersBrowser, signedIn } from '../../support/officer.ts'
import { addHospitals, saveSubmission } from '../../support/submissions.ts'

const office = officeWith({ now: AFTER_DEADLINE, ...SELECTION, secondApproval: true })
const proposer = office.officer({ login: 'kian' })
const approver = office.officer({ login: 'kessai' })

const approve = (browser: OfficersBrowser, id = 1) =>
  sendForm(browser, `/admin/proposals/${id}/approve`, { acknowledged: 'yes' })
const mainOf = async (browser: OfficersBrowser, url: string) =>
  (await browser.page(url)).querySelector('main')!.textContent!

describe('起案', () => {
  test('waits for its second person, and nothing is confirmed meanwhile', async () => {
    const page = await proposer.page('/admin/selection/confirm')
    expect(page.querySelector('h1')!.textContent).toBe('初回選定の起案')
    expect(await confirm(proposer)).toBe('/admin/proposals/1')
    expect(office.stores.editions.confirmed()).toEqual([])
    expect(await mainOf(proposer, '/admin/proposals/1')).toContain('決裁待ち')
    for (const url of ['/admin', '/admin/selection', '/admin/rounds'])
      expect((await approver.page(url)).querySelector('a[href="/admin/proposals/1"]')).not.toBeNull()
    expect(office.stores.audit.latest(1)).toMatchObject([
      { actor: 'kian', action: 'proposal.proposed', subject: 'round 1', detail: { proposal: 1, edition: 1 } },
    ])
  })

  test('is listed so that a phone does not squeeze when and by whom into one character a line', async () => {
    await confirm(proposer)
    const page = await proposer.page('/admin/rounds')
    const long = [...page.querySelectorAll('[aria-label="起案の記録"] tbody :is(th, td)')].filter(
      ({ textContent }) => textContent!.trim().length > 12,
    )
    expect(long.length).toBeGreaterThan(0)
    for (const { className, textContent } of long) expect(className, textContent!).toMatch(/name|keep|by|why/)
  })

  test('is one at a time: whoever comes second is led to it', async () => {
    await confirm(proposer)
    expect((await approver.get('/admin/selection/confirm')).headers.location).toBe('/admin/proposals/1')
    await approver.get('/admin/selection')
    expect((await approver.post('/admin/selection/confirm', { round: '1' })).headers.location).toBe(
      '/admin/proposals/1',
    )
    expect(office.stores.editions.proposals()).toHaveLength(1)
  })

  test('sent twice at once is one proposal', async () => {
    const fields = await sendFields(proposer)
    const replies = await Promise.all([1, 2].map(() => proposer.post('/admin/selection/confirm', fields)))
    expect(replies.map(({ headers }) => headers.location)).toEqual(Array(2).fill('/admin/proposals/1'))
    expect(office.stores.editions.proposals()).toHaveLength(1)
  })

  test('sends the very files that would be confirmed', async () => {
    await confirm(proposer)
    expect(await reported(approver, '/admin/proposals/1')).toEqual([TEI, KO, OTSU])
    const names = ['snapshot.json', 'ministry.csv', 'ministry.csv?encoding=cp932', 'ministry.xlsx']
    const before = await Promise.all(names.map((name) => approver.get(`/admin/proposals/1/${name}`)))
    await approve(approver)
    for (const [index, name] of names.entries()) {
      const after = await approver.get(`/admin/rounds/1/${name}`)
      expect(after.rawPayload.equals(before[index]!.rawPayload), name).toBe(true)
    }
  })

  test('does not follow the facts: it says what has changed, and confirms what was proposed', async () => {
    await confirm(proposer)
    addHospitals(office.stores, { key: KO, name: '甲新病院', beds: 25 })
    saveSubmission(office.stores, { hospital: KI })
    savePolicy(office.stores, { ...TWO_BANDS, bands: [] })
    const page = await approver.page('/admin/proposals/1')
    const changes = page.querySelector('[aria-label="変更の内容"]')!.textContent
    expect(changes).toContain('甲新病院')
    expect(changes).toContain('25床')
    await approve(approver)
    expect(await reported(approver, '/admin/rounds/1')).toEqual([TEI, KO, OTSU])
    expect((await approver.get('/admin/rounds/1/ministry.csv')).body).not.toContain('甲新病院')
  })
})

/** The form of the page as it would be sent. */
async function sendFields(browser: OfficersBrowser): Promise<Record<string, string>> {
  return fieldsOf(await browser.page('/admin/selection/confirm'), '/admin/selection/confirm')
}

describe('決裁', () => {
  test('by somebody else confirms, and both are named', async () => {
    await confirm(proposer)
    office.setNow('2024-03-19T05:30:00Z')
    expect((await approve(approver)).headers.location).toBe('/admin/rounds/1')
    expect(office.stores.editions.newestOf(1)).toMatchObject({
      edition: 1,
      kind: 'confirmed',
      proposed: { actor: 'kian', at: new Date(AFTER_DEADLINE) },
      settled: { actor: 'kessai', at: new Date('2024-03-19T05:30:00Z') },
    })
    expect((await approver.page('/admin/rounds/1')).querySelector('.lead')!.textContent).toBe(
      '3病院を選定し、支援枠に過不足はありません。令和6年3月19日（火）9時00分に試験 kianが起案しました。令和6年3月19日（火）14時30分に試験 kessaiが決裁しました。',
    )
    const archive = JSON.parse((await approver.get('/admin/rounds/1/archive.json')).body)
    expect(archive.record).toMatchObject({ proposed: { by: 'kian' }, confirmed: { by: 'kessai' } })
    expect(await mainOf(proposer, '/admin/proposals/1')).toContain('試験 kessaiが決裁しました')
  })

  test('needs the word that it was read', async () => {
    await confirm(proposer)
    const reply = await sendForm(approver, '/admin/proposals/1/approve')
    expect(reply.statusCode).toBe(422)
    expect(htmlOf(reply).querySelector('#error-summary a')!.getAttribute('href')).toBe('#acknowledged')
    expect(office.stores.editions.confirmed()).toEqual([])
  })

  test('is not for the proposer, who is told why', async () => {
    await confirm(proposer)
    for (const act of ['approve', 'return']) {
      const shown = await proposer.get(`/admin/proposals/1/${act}`)
      expect(shown.statusCode).toBe(403)
      expect(htmlOf(shown).querySelector('h1')!.textContent).toBe('自分の起案は決裁できません')
      await proposer.get('/admin/proposals/1')
      const sent = await proposer.post(`/admin/proposals/1/${act}`, { acknowledged: 'yes', reason: '理由' })
      expect(sent.statusCode).toBe(403)
    }
    const page = await proposer.page('/admin/proposals/1')
    expect(page.querySelector('a[href$="/approve"]')).toBeNull()
    expect(office.stores.editions.open()).not.toBeNull()
  })

  test('is not for the proposer when the setting was switched off since', async () => {
    await confirm(proposer)
    office.stores.settings.change({ secondApproval: 'no' }, { actor: 'admin', at: new Date(AFTER_DEADLINE) })
    expect((await proposer.get('/admin/proposals/1/approve')).statusCode).toBe(403)
    expect((await proposer.get('/admin/selection/confirm')).headers.location).toBe('/admin/proposals/1')
    expect((await approve(approver)).headers.location).toBe('/admin/rounds/1')
  })

  test('twice at once confirms once', async () => {
    await confirm(proposer)
    const third = await signedIn(office, { login: 'third', role: 'admin' })
    for (const browser of [approver, third]) await browser.get('/admin/proposals/1/approve')
    const replies = await Promise.all(
      [approver, third].map((browser) => browser.post('/admin/proposals/1/approve', { acknowledged: 'yes' })),
    )
    expect(replies.map(({ statusCode }) => statusCode)).toEqual([303, 303])
    expect(office.stores.editions.confirmed()).toHaveLength(1)
    expect(office.stores.audit.all().filter(({ action }) => action === 'round.confirmed')).toHaveLength(1)
  })

  test('and 取下げ at once: one of the two holds', async () => {
    await confirm(proposer)
    await approver.get('/admin/proposals/1/approve')
    await proposer.get('/admin/proposals/1/withdraw')
    await Promise.all([
      proposer.post('/admin/proposals/1/withdraw', { reason: '直すため' }),
      approver.post('/admin/proposals/1/approve', { acknowledged: 'yes' }),
    ])
    const { state } = office.stores.editions.byProposal(1)!
    expect(office.stores.editions.confirmed()).toHaveLength(state === 'confirmed' ? 1 : 0)
    expect(['confirmed', 'withdrawn']).toContain(state)
  })
})

describe.each([
  ['差戻し', 'return', 'returned', '差し戻しました'],
  ['取下げ', 'withdraw', 'withdrawn', '取り下げました'],
] as const)('%s', (_name, act, state, words) => {
  const url = `/admin/proposals/1/${act}`
  const [entitled, other] =
    act === 'return' ? [() => approver, () => proposer] : [() => proposer, () => approver]

  test('needs a reason', async () => {
    await confirm(proposer)
    const reply = await sendForm(entitled(), url, { reason: ' ' })
    expect(reply.statusCode).toBe(422)
    expect(htmlOf(reply).querySelector('#error-summary a')!.getAttribute('href')).toBe('#reason')
    expect(office.stores.editions.open()).not.toBeNull()
  })

  test('ends the proposal, keeps the reason, and the way is free again', async () => {
    await confirm(proposer)
    expect((await sendForm(entitled(), url, { reason: '補欠の確認が必要' })).headers.location).toBe(
      '/admin/proposals/1',
    )
    expect(office.stores.editions.byProposal(1)).toMatchObject({
      state,
      settled: { reason: '補欠の確認が必要' },
    })
    const text = await mainOf(proposer, '/admin/proposals/1')
    expect(text).toContain(words)
    expect(text).toContain('補欠の確認が必要')
    expect(office.stores.editions.confirmed()).toEqual([])
    expect((await approver.get('/admin/proposals/1/approve')).headers.location).toBe('/admin/proposals/1')
    expect(await confirm(proposer)).toBe('/admin/proposals/2')
  })

  test('is not for the other one', async () => {
    await confirm(proposer)
    expect((await other().get(url)).statusCode).toBe(403)
    await other().get('/admin/proposals/1')
    expect((await other().post(url, { reason: '理由' })).statusCode).toBe(403)
    expect(office.stores.editions.open()).not.toBeNull()
  })
})

test('a viewer reads a proposal and settles none', async () => {
  await confirm(proposer)
  const viewer = await signedIn(office, { login: 'viewer', role: 'viewer' })
  for (const path of ['', '/snapshot.json', '/ministry.csv', '/list', '/reasons'])
    expect((await viewer.get(`/admin/proposals/1${path}`)).statusCode).toBe(200)
  for (const act of ['approve', 'return', 'withdraw']) {
    expect((await viewer.get(`/admin/proposals/1/${act}`)).statusCode).toBe(403)
    expect((await viewer.post(`/admin/proposals/1/${act}`, { reason: 'x' })).statusCode).toBe(403)
  }
})

test.each(['0', '2', '01', 'x', '-1', '9999999999'])('a proposal that is none is a 404: %s', async (id) => {
  await confirm(proposer)
  for (const path of ['', '/approve', '/return', '/withdraw', '/ministry.csv', '/archive.json', '/list'])
    expect((await approver.get(`/admin/proposals/${id}${path}`)).statusCode).toBe(404)
  expect((await approver.get('/admin/proposals/1/archive.json')).statusCode).toBe(404)
})

test('what was returned or withdrawn stands in the archive of what was confirmed', async () => {
  await confirm(proposer)
  await sendForm(approver, '/admin/proposals/1/return', { reason: '補欠の確認が必要' })
  await confirm(proposer)
  await approve(approver, 2)
  const { record } = JSON.parse((await approver.get('/admin/rounds/1/archive.json')).body)
  expect(record.history).toMatchObject([{ action: '起案の差戻し', by: 'kessai', reason: '補欠の確認が必要' }])
})
