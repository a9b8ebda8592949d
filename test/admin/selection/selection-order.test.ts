import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { toXlsx } from '../../../src/files/xlsx/write.ts'
import { htmlOf, tableRows, textIn } from '../../support/html.ts'
import { officeWith } from '../../support/office.ts'
import { signedIn } from '../../support/officer.ts'
import { addOverride } from '../../support/overrides.ts'
import { saveSubmission } from '../../support/submissions.ts'
import { A, B, C, D, E, LARGE, rankingOf, selectedIn, WORKBENCH } from '../../support/workbench.ts'
import { readXlsx } from '../../support/xlsx.ts'

const office = officeWith(WORKBENCH)
const browser = office.officer()

/** The sheet as it goes out, with its rows worked on. */
async function sheet(work: (rows: string[][]) => string[][]): Promise<{ name: string; bytes: Buffer }> {
  const reply = await browser.get('/admin/selection/order.xlsx')
  const read = await readXlsx(reply.rawPayload)
  if (!read.ok) throw new Error(read.message)
  const [headers, ...rows] = read.rows
  return {
    name: '順位表.xlsx',
    bytes: await toXlsx([{ name: '順位表', headers: headers!, rows: work(rows) }]),
  }
}

async function upload(file: { name: string; bytes: Uint8Array } | null) {
  await browser.get('/admin/selection/order')
  return browser.upload('/admin/selection/order/upload', file)
}

/** Sends the form of the page that shows the difference. */
function apply(page: ReturnType<typeof htmlOf>, reason: string) {
  const field = (name: string) => page.querySelector(`main input[name="${name}"]`)!.getAttribute('value')!
  return browser.post('/admin/selection/order', { codes: field('codes'), outcome: field('outcome'), reason })
}

const move = (hospitalCode: string, position: number, reason = '圏域の拠点') =>
  office.stores.rankMoves.add(
    1,
    { hospitalCode, position },
    { actor: 'officer', at: new Date('2024-03-11T00:30:00Z'), reason },
  )

describe('the ranking as a spreadsheet', () => {
  test('goes out with everything that is weighed, eligible hospitals only', async () => {
    const reply = await browser.get('/admin/selection/order.xlsx')
    expect(reply.headers['content-disposition']).toContain(encodeURIComponent('順位表（内部資料）.xlsx'))
    const read = await readXlsx(reply.rawPayload)
    expect(read.ok && read.rows.slice(0, 2)).toEqual([
      [
        '順位',
        '医療機関コード',
        '医療機関名',
        '二次医療圏',
        '病床規模区分',
        '許可病床数',
        '点数',
        '判定',
        '機関コード',
        'ダウンロード時の順位',
      ],
      ['1', A, '甲病院', '鹿児島', '20～99床', '90', '30', '選定', '', '1'],
    ])
    expect(read.ok && read.rows.slice(1).map(([, code]) => code)).toEqual([A, B, C, LARGE, D])
    expect(office.stores.audit.latest(1)).toMatchObject([
      { action: 'selection.exported', detail: { file: 'order.xlsx', rows: 5 } },
    ])
  })

  test('comes back: who moves from where to where, who gets in and who drops out', async () => {
    const reply = await upload(await sheet(([a, b, c, large, d]) => [d!, a!, b!, c!, large!]))
    expect(reply.statusCode).toBe(200)
    const page = htmlOf(reply)
    expect(tableRows(page.querySelector('[aria-label="順位を変更する病院"] table'))).toEqual([
      ['丁病院', '20～99床', '5位 → 1位', '4位 → 1位', '補欠第2位 → 選定'],
    ])
    expect(textIn(page.querySelector('[aria-label="新たに選定される病院"]'))).toContain('丁病院')
    expect(textIn(page.querySelector('[aria-label="選定から外れる病院"]'))).toContain('乙病院')
    expect(office.stores.rankMoves.all()).toEqual([])
    const done = await apply(page, '離島の救急を担うため')
    expect(done.headers.location).toBe('/admin/selection/order?done=applied')
    expect(await rankingOf(browser)).toEqual([D, A, B, C, LARGE])
    expect(await selectedIn(browser)).toEqual(['丁病院', '甲病院', '大病院'])
    expect(office.stores.audit.latest(1)).toMatchObject([
      { action: 'rank-moves.replaced', detail: { reason: '離島の救急を担うため', moves: [[D, 1]] } },
    ])
  })

  test('keeps the reasons of those that stay where they were moved to', async () => {
    move(D, 1)
    const reply = await upload(await sheet(([d, a, b, c, large]) => [d!, c!, a!, b!, large!]))
    const page = htmlOf(reply)
    expect(
      tableRows(page.querySelector('[aria-label="順位を変更する病院"] table')).map(([name]) => name),
    ).toEqual(['丙病院'])
    await apply(page, '並べ替え')
    expect(office.stores.rankMoves.active(1)).toMatchObject([
      { hospitalCode: D, position: 1, reason: '圏域の拠点' },
      { hospitalCode: C, position: 2, reason: '並べ替え' },
    ])
  })

  test('leads to the order that was asked for, whatever was moved before', async () => {
    const orders = fc.shuffledSubarray([0, 1, 2, 3, 4], { minLength: 5 })
    await fc.assert(
      fc.asyncProperty(orders, async (places) => {
        const before = await rankingOf(browser)
        const wanted = places.map((place) => before[place]!)
        const page = htmlOf(await upload(await sheet((rows) => places.map((place) => rows[place]!))))
        if (page.querySelector('main input[name="codes"]')) await apply(page, '並べ替え')
        expect(await rankingOf(browser)).toEqual(wanted)
      }),
      { numRuns: 10 },
    )
  })

  test('unchanged changes nothing', async () => {
    move(D, 1)
    const page = htmlOf(await upload(await sheet((rows) => rows)))
    expect(textIn(page.querySelector('main'))).toContain('順位は現在と同じです。')
    expect(page.querySelector('main form')).toBeNull()
    const codes = [D, A, B, C, LARGE].join(' ')
    const sent = await browser.post('/admin/selection/order', { codes, reason: 'x' })
    expect(sent.headers.location).toBe('/admin/selection/order?done=unchanged')
    expect(office.stores.rankMoves.all()).toHaveLength(1)
  })
})

describe('an upload is refused, and nothing is stored', () => {
  test.each([
    [
      'that is cut off',
      'multipart/form-data; boundary=x',
      '--x\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\na',
    ],
    ['without a boundary', 'multipart/form-data', 'a'],
  ])('a form %s is the sender’s fault, not the program’s', async (_name, type, payload) => {
    const cookie = [...browser.cookies].map((pair) => pair.join('=')).join('; ')
    const headers = { 'content-type': type, cookie }
    const url = '/admin/selection/order/upload'
    expect((await office.app.inject({ method: 'POST', url, headers, payload })).statusCode).toBe(400)
  })

  test('a cell of any length is named by its beginning', async () => {
    const marks = '\u0301\u0316'.repeat(100_000)
    const bytes = Buffer.from(`順位,医療機関コード\n${marks},4610000001\n1,${'4'.repeat(100_000)}\n`)
    const reply = await upload({ name: 'x.csv', bytes })
    expect([reply.statusCode, reply.body.length < 20_000]).toEqual([422, true])
  })

  async function problems(reply: Awaited<ReturnType<typeof upload>>): Promise<string[]> {
    expect(reply.statusCode).toBe(422)
    const page = htmlOf(reply)
    expect(page.title).toMatch(/^エラー：/)
    expect(office.stores.rankMoves.all()).toEqual([])
    return [...page.querySelectorAll('.error-summary li')].map(textIn)
  }

  test('without a file', async () => {
    expect(await problems(await upload(null))).toEqual(['順位表のファイルを選択してください。'])
  })

  test('of a file that is none', async () => {
    const [only] = await problems(await upload({ name: 'x.xlsx', bytes: Buffer.from('%PDF-1.7') }))
    expect(only).toContain('PDFのようです。')
  })

  test('of a file beyond the limit', async () => {
    const bytes = Buffer.alloc(32 * 1024 * 1024 + 1)
    expect(await problems(await upload({ name: 'x.xlsx', bytes }))).toEqual([
      'ファイルが大きすぎます。32MBまでのファイルを選択してください。',
    ])
  })

  test('with a hospital twice, with its rows', async () => {
    const twice = await sheet(([a, b, c, large, d]) => [a!, a!, b!, c!, large!, d!])
    expect(await problems(await upload(twice))).toEqual([
      `3行目：医療機関コード「${A}」が2行目と重複しています。`,
    ])
  })

  test('with hospitals missing, unknown or out of the ranking', async () => {
    const wrong = await sheet(([a, b, c, large]) => [a!, b!, c!.with(1, '4699999999'), large!.with(1, E)])
    expect(await problems(await upload(wrong))).toEqual([
      '4行目：医療機関コード「4699999999」の病院は、病院台帳にありません。',
      `5行目：戊病院（${E}）は、現在は選定の対象でないため、順位に入れられません。`,
      `順位表にない病院があります：丙病院（${C}）、大病院（${LARGE}）、丁病院（${D}）`,
    ])
  })

  test('with very many lines that are wrong: the first of them and their number', async () => {
    const lines = Array.from({ length: 19_999 }, (_, index) => `${index + 1},X${index}`)
    const bytes = Buffer.from(['順位,医療機関コード', ...lines].join('\n'))
    const reply = await upload({ name: 'x.csv', bytes })
    expect(await problems(reply)).toHaveLength(20)
    const summary = textIn(htmlOf(reply).querySelector('.error-summary'))
    expect(summary).toContain('（20000件）')
    expect(summary).toContain('はじめの20件を表示しています。')
  })

  test('with more lines than are read', async () => {
    const bytes = Buffer.from(`順位,医療機関コード\n${'1,1\n'.repeat(1_000_000)}`)
    const [only] = await problems(await upload({ name: 'x.csv', bytes }))
    expect(only).toContain(
      'ファイルが大きすぎます。読み取れるのは300,000行、256列、1つのセルは32,767文字までです。',
    )
  })

  test('at the last step with a hospital twice', async () => {
    const page = htmlOf(await upload(await sheet((rows) => rows.toReversed())))
    const outcome = page.querySelector('main input[name="outcome"]')!.getAttribute('value')!
    const codes = [D, A, A, B, C, LARGE].join(' ')
    const reply = await browser.post('/admin/selection/order', { codes, outcome, reason: '並べ替え' })
    expect(reply.statusCode).toBe(409)
    expect(textIn(htmlOf(reply).querySelector('.error-summary'))).toContain(`「${A}」が2回以上あります。`)
  })

  test('at the last step too, where the hospitals changed in between', async () => {
    const page = htmlOf(await upload(await sheet((rows) => rows.toReversed())))
    saveSubmission(office.stores, { hospital: E })
    const reply = await apply(page, '並べ替え')
    expect(reply.statusCode).toBe(409)
    expect(textIn(htmlOf(reply).querySelector('.error-summary'))).toContain(
      '順位の対象となる病院が変わりました。',
    )
    expect(office.stores.rankMoves.all()).toEqual([])
  })

  test('at the last step where the seats would go to others than was shown', async () => {
    const page = htmlOf(await upload(await sheet((rows) => rows.toReversed())))
    addOverride(office.stores, A, 'designate', '拠点')
    const reply = await apply(page, '並べ替えの理由')
    expect(reply.statusCode).toBe(409)
    const again = htmlOf(reply)
    expect(textIn(again.querySelector('[role="alert"]'))).toContain('登録していません')
    expect(again.querySelector('#reason')!.textContent).toBe('並べ替えの理由')
    expect((await apply(again, '並べ替えの理由')).statusCode).toBe(303)
  })

  test('without a reason', async () => {
    const page = htmlOf(await upload(await sheet((rows) => rows.toReversed())))
    const reply = await apply(page, '')
    expect(reply.statusCode).toBe(422)
    expect(textIn(htmlOf(reply).querySelector('.error-summary li'))).toBe('理由を入力してください。')
    expect(office.stores.rankMoves.all()).toEqual([])
  })
})

describe('the page of the order', () => {
  test('lists the moves as they apply, with the ranks by points and of today', async () => {
    move(D, 1, '離島')
    move(C, 1, '搬送')
    move(E, 2, '未回答のうちに')
    const page = await browser.page('/admin/selection/order')
    const by = '試験 officer 令和6年3月11日（月）9時30分'
    expect(tableRows(page.querySelector('[aria-label="変更している病院"] table'))).toEqual([
      ['丁病院', '20～99床', '5', '1', '2 登録した順位と異なる', '離島', by, '取り消す'],
      ['丙病院', '20～99床', '3', '1', '1', '搬送', by, '取り消す'],
      ['戊病院', '20～99床', '－', '2', '対象外', '未回答のうちに', by, '取り消す'],
    ])
    expect(textIn(page.querySelector('main'))).toContain('次の追加選定には引き継ぎません。')
  })

  test('takes all back at once, and shows what was', async () => {
    move(D, 1)
    move(E, 2)
    const reset = await browser.page('/admin/selection/order/reset')
    expect(textIn(reset.querySelector('h1'))).toBe('点数による順位に戻す')
    expect(tableRows(reset.querySelector('[aria-label="点数による順位に戻る病院"] table'))).toEqual([
      ['丁病院', '20～99床', '1位 → 5位', '1位 → 4位', '選定 → 補欠第2位'],
    ])
    expect((await apply(reset, '点数どおりとする')).statusCode).toBe(303)
    expect(office.stores.rankMoves.active(1)).toEqual([])
    expect(await rankingOf(browser)).toEqual([A, B, C, LARGE, D])
    const page = await browser.page('/admin/selection/order')
    expect(
      tableRows(page.querySelector('[aria-label="取り消した変更"] table')).map(([name]) => name),
    ).toEqual(['戊病院', '丁病院'])
    expect(textIn(page.querySelector('[aria-label="取り消した変更"]'))).toContain('点数どおりとする')
  })

  test('offers nothing to do to a viewer, who may read and keep the sheet', async () => {
    move(D, 1)
    const viewer = await signedIn(office, { login: 'viewer', role: 'viewer' })
    const page = await viewer.page('/admin/selection/order')
    expect(page.querySelector('main form, a[href$="/undo-move"], a[href$="/reset"]')).toBeNull()
    expect((await viewer.get('/admin/selection/order.xlsx')).statusCode).toBe(200)
    expect((await viewer.get('/admin/selection/order/reset')).statusCode).toBe(403)
    await viewer.get('/admin')
    expect((await viewer.post('/admin/selection/order', { codes: A, reason: 'x' })).statusCode).toBe(403)
    const file = { name: 'x.csv', bytes: Buffer.from('x') }
    expect((await viewer.upload('/admin/selection/order/upload', file)).statusCode).toBe(403)
  })
})

describe('a form with a file', () => {
  const file = { name: 'x.csv', bytes: Buffer.from('x') }

  test('is not read from somebody who is not logged in', async () => {
    browser.cookies.clear()
    const reply = await browser.upload('/admin/selection/order/upload', file)
    expect(reply.statusCode).toBe(303)
    expect(reply.headers.location).toBe('/admin/login?next=%2Fadmin')
  })

  test('needs the token in the form', async () => {
    const reply = await browser.upload('/admin/selection/order/upload', file, { _csrf: 'forged' })
    expect(reply.statusCode).toBe(403)
    expect(textIn(htmlOf(reply).querySelector('h1'))).toBe('この操作は行えませんでした')
  })

  test('is taken only where one is asked for', async () => {
    await browser.get('/admin')
    const reply = await browser.upload('/admin/selection/order', file, { codes: A, reason: 'x' })
    expect(reply.statusCode).toBe(415)
  })
})
