import { sql } from 'drizzle-orm'
import iconv from 'iconv-lite'
import { beforeEach, describe, expect, test } from 'vitest'
import { parseCsv } from '../../../src/files/table/csv.ts'
import { type PagePart, textIn, textOf } from '../../support/html.ts'
import { officeWith } from '../../support/office.ts'
import { signedIn } from '../../support/officer.ts'
import { addHospitals, saveSubmission } from '../../support/submissions.ts'
import { htmlFlaws } from '../../web/html-flaws.ts'

const office = officeWith({ now: '2024-03-20T01:00:00Z' })
const admin = office.officer({ login: 'kanri', role: 'admin' })
const HERE = '4619900011'

const by = (instant: string, actor = 'kanri') => ({ actor, at: new Date(instant) })
const at = (instant: string, actor = 'kanri') => ({ ...by(instant, actor), reason: '電話で確認したため' })

/** Of two days, two officers and a hospital. */
beforeEach(() => {
  const { stores } = office
  addHospitals(stores, { key: HERE, name: '髙山病院' }, { key: '4619900029', name: '見本病院' })
  saveSubmission(stores, { hospital: HERE, at: '2024-03-12T01:00:00Z' })
  saveSubmission(stores, { hospital: HERE, at: '2024-03-12T02:00:00Z' })
  stores.submissions.close('R-0002', at('2024-03-18T08:05:00Z'))
  stores.overrides.add(
    { hospitalCode: '4619900029', kind: 'designate' },
    { ...at('2024-03-19T08:05:00Z', 'tanto'), reason: '離島の拠点のため' },
  )
  stores.settings.change({ title: '別の調査' }, by('2024-03-19T14:59:59Z'))
  stores.settings.change({ contactPhone: '099-000-0000' }, by('2024-03-19T15:00:00Z'))
})

const linesOf = (page: PagePart) => [...page.querySelectorAll('.record__line')].map(textIn)

test('the record is read in sentences, the newest first, with who, when and why', async () => {
  const page = await admin.page('/admin/audit')
  expect(htmlFlaws(page)).toEqual([])
  const lines = linesOf(page)
  expect(lines[0]).toBe(
    '令和6年3月20日（水）0時00分 試験 kanriが、設定の「連絡先（電話番号）」を（初期設定）から「099-000-0000」に変更しました。',
  )
  expect(lines).toContain(
    '令和6年3月18日（月）17時05分 試験 kanriが、回答R-0002（髙山病院）を「不採用（確認済み）」にしました。 理由：電話で確認したため',
  )
  const links = [...page.querySelectorAll('.record__line a')].map((link) => link.getAttribute('href'))
  expect(links).toEqual(
    expect.arrayContaining([
      '/admin/submissions/R-0002',
      '/admin/settings#title',
      '/admin/hospitals/4619900029',
      '/admin/users/kanri',
    ]),
  )
  expect(textOf(page, 'main')).not.toMatch(/R-0002 を|submission|settings\.|override|[0-9a-f]{64}/)
})

describe('what is looked for', () => {
  test('what was done to many hospitals at once is found by each of them, and says who they were', async () => {
    const keys = ['4619900029', HERE, '4619900037', '4619900045']
    addHospitals(office.stores, { key: keys[2]!, name: '丙病院' }, { key: keys[3]!, name: '丁病院' })
    office.stores.invitations.issue(keys, 'key', by('2024-03-19T16:00:00Z'))
    for (const q of ['見本病院', '丁病院', '4619900045'])
      expect(linesOf(await admin.page(`/admin/audit?q=${encodeURIComponent(q)}`))[0]).toMatch(
        /回答用リンクを発行しました（4病院：.+、.+、.+ほか）。/,
      )
  })

  test.each([
    ['q=R-0002', ['R-0002（髙山病院）を「不採用', 'R-0002（髙山病院）を登録']],
    ['q=高山', ['R-0002（髙山病院）を「不採用', 'R-0002（髙山病院）を登録', 'R-0001（髙山病院）を登録']],
    ['q=4619900029', ['見本病院を「県の指定」']],
    ['q=離島の拠点', ['見本病院を「県の指定」']],
    ['q=別の調査', ['調査の名称']],
    ['kind=selection', ['見本病院を「県の指定」']],
    ['kind=settings', ['連絡先（電話番号）', '調査の名称']],
    ['kind=settings&to=令和6年3月19日', ['調査の名称']],
    ['kind=settings&from=R6.3.20', ['連絡先（電話番号）']],
    ['from=2024-03-18&to=2024-03-18', ['R-0002（髙山病院）を「不採用']],
    ['who=tanto', ['見本病院を「県の指定」']],
    ['kind=other', []],
    ['q=%25', []],
    ['q=%EE%80%80', []],
    ['q=%27%22;--', []],
  ])('%s', async (query, expected) => {
    const page = await admin.page(`/admin/audit?${query}`)
    const lines = linesOf(page)
    expect(lines).toHaveLength(expected.length)
    for (const [index, text] of expected.entries()) expect(lines[index]).toContain(text)
    expect(textOf(page, '.list-head strong')).toBe(String(lines.length))
    expect(page.querySelector('.filter-fold')!.hasAttribute('open')).toBe(true)
  })

  test('hospitals are one, whichever answer they are on the record by', async () => {
    for (const number of ['R-0001', 'R-0002'])
      office.stores.audit.append({
        at: new Date('2024-03-20'),
        actor: `hospital:${number}`,
        action: 'submission.corrected',
        subject: number,
        detail: { version: 2 },
      })
    const page = await admin.page('/admin/audit?who=hospital')
    expect(linesOf(page)).toEqual([
      expect.stringContaining('病院が、回答R-0002（髙山病院）を訂正しました（第2版）。'),
      expect.stringContaining('病院が、回答R-0001（髙山病院）を訂正しました（第2版）。'),
    ])
    expect(
      [...page.querySelectorAll('#who option')].filter((each) => each.textContent === '病院'),
    ).toHaveLength(1)
  })

  test('an officer by name: what was done by and about them', async () => {
    const lines = linesOf(await admin.page('/admin/audit?q=試験+kanri'))
    expect(lines.some((line) => line.includes('試験 kanri（kanri）を管理者として追加'))).toBe(true)
    expect(lines.filter((line) => line.includes('試験 kanriが、')).length).toBeGreaterThanOrEqual(3)
  })

  test('a day that is none is told beside its field, and narrows nothing', async () => {
    const page = await admin.page('/admin/audit?from=令和6年2月30日&to=いつか')
    expect(page.querySelector('#from')!.getAttribute('aria-invalid')).toBe('true')
    expect(page.querySelector('#from')!.getAttribute('value')).toBe('令和6年2月30日')
    expect(textOf(page, '#from-error')).toContain('期間の始め：「令和6年2月30日」という日付はありません')
    expect(textOf(page, '#to-error')).toContain('年月日を入力してください')
    expect(linesOf(page).length).toBeGreaterThan(4)
  })
})

test('a long record comes in pages from the database, each entry once', async () => {
  const { stores } = office
  for (let index = 0; index < 250; index += 1)
    stores.settings.change({ title: `調査 ${index}` }, by('2024-03-19T20:00:00Z'))
  const seen: string[] = []
  for (let url: string | null = '/admin/audit?kind=settings'; url; ) {
    const page: Awaited<ReturnType<typeof admin.page>> = await admin.page(url)
    seen.push(...[...page.querySelectorAll('.record__line')].map((line) => line.getAttribute('value')!))
    url = page.querySelector('a[rel="next"]')?.getAttribute('href') ?? null
  }
  expect(seen).toHaveLength(252)
  expect(new Set(seen).size).toBe(252)
  expect(seen.map(Number)).toEqual(seen.map(Number).toSorted((a, b) => b - a))
})

describe('as a file', () => {
  test('all that the filter shows, the oldest first, in UTF-8 and Shift_JIS, and it is on the record', async () => {
    const utf8 = await admin.get('/admin/audit.csv?kind=answers')
    const parsed = parseCsv(utf8.body)
    if (!parsed.ok) throw new Error(parsed.message)
    const [headers, ...rows] = parsed.rows
    expect(headers).toEqual(['番号', '日時', '操作した人', '内容', '理由', '照合用の値'])
    expect(rows.map((row) => Number(row[0]))).toEqual(
      rows.map((row) => Number(row[0])).toSorted((a, b) => a - b),
    )
    expect(rows.at(-1)!.slice(1, 5)).toEqual([
      '令和6年3月18日（月）17時05分',
      '試験 kanri',
      '試験 kanriが、回答R-0002（髙山病院）を「不採用（確認済み）」にしました。',
      '電話で確認したため',
    ])
    expect(rows.at(-1)![5]).toMatch(/^[0-9a-f]{64}$/)
    const cp932 = await admin.get('/admin/audit.csv?kind=answers&encoding=cp932')
    expect(iconv.decode(cp932.rawPayload, 'windows-31j')).toContain('髙山病院')
    expect(office.stores.audit.latest(1)).toMatchObject([
      { action: 'audit.exported', actor: 'kanri', detail: { rows: rows.length } },
    ])
    expect((await admin.get('/admin/audit.xlsx')).statusCode).toBe(200)
  })

  test('a text that looks like a formula is none', async () => {
    office.stores.submissions.reopen('R-0002', { ...at('2024-03-19T20:00:00Z'), reason: '=HYPERLINK("x")' })
    expect((await admin.get('/admin/audit.csv')).body).toContain("'=HYPERLINK")
  })
})

describe('the verification', () => {
  test('says that nothing was rewritten, once, and is on the record itself', async () => {
    await admin.get('/admin/audit')
    expect((await admin.post('/admin/audit/verify')).headers.location).toBe('/admin/audit')
    const page = await admin.page('/admin/audit')
    expect(textOf(page, '.banner--success')).toContain('操作の記録は、書き換えられていません')
    expect(linesOf(page)[0]).toContain('検証しました（一致：操作の記録')
    expect((await admin.page('/admin/audit')).querySelector('.banner')).toBeNull()
  })

  test('says where it does not hold', async () => {
    office.database.db.run(sql`DROP TRIGGER audit_log_written_once`)
    office.database.db.run(sql`UPDATE audit_log SET subject = 'R-0009' WHERE seq = 3`)
    await admin.get('/admin/audit')
    await admin.post('/admin/audit/verify')
    expect(textOf(await admin.page('/admin/audit'), '.banner--error')).toContain(
      '操作の記録の3件目（令和6年3月12日',
    )
  })
})

test('a viewer reads it, without the ways to the users’ pages, and verifies', async () => {
  const reader = await signedIn(office, { login: 'etsuran', role: 'viewer' })
  const page = await reader.page('/admin/audit')
  expect(linesOf(page).length).toBeGreaterThan(4)
  expect(page.querySelector('.record__line a[href^="/admin/users"]')).toBeNull()
  expect(textOf(page, '.admin-nav')).toContain('操作の記録')
  expect((await reader.post('/admin/audit/verify')).statusCode).toBe(303)
  expect((await reader.get('/admin/audit.csv')).statusCode).toBe(200)
})

test('whoever is no officer reads nothing of it', async () => {
  expect((await office.app.inject({ url: '/admin/audit' })).statusCode).toBe(303)
  expect((await office.app.inject({ url: '/admin/audit.csv' })).body).not.toContain('髙山')
})
