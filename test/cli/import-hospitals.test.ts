import iconv from 'iconv-lite'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { startCommands } from '../support/command.ts'

let commands: ReturnType<typeof startCommands>
beforeEach(async () => {
  commands = startCommands()
  await commands.run(['import', 'hospitals', commands.file('known.csv', sheet(KNOWN))])
})
afterEach(() => commands.remove())

const HEADERS =
  '医療機関コード,機関コード,医療機関名,フリガナ,二次医療圏,市町村,所在地,電話番号,メールアドレス,許可病床数,一般病床,療養病床,精神病床,結核病床,感染症病床,医療機能,立入検査'.split(
    ',',
  )
const row = (code: string, name: string) =>
  `${code},,${name},ヨミ,鹿児島,鹿児島市,架空町1,099-286-2707,a@example.jp,120,100,20,0,0,0,救急告示病院,不十分`.split(
    ',',
  )
const KNOWN = [row('4619900014', '髙田病院'), row('4619900022', '吉野病院'), row('4619900030', '丙病院')]

function sheet(rows: readonly (readonly string[])[], headers = HEADERS): string {
  return [headers, ...rows].map((cells) => cells.map((cell) => `"${cell}"`).join(',')).join('\r\n')
}
const with_ = (column: string, cell: string) =>
  KNOWN.map((cells) => cells.with(HEADERS.indexOf(column), cell))
const importOf = (content: string | Uint8Array, ...options: string[]) =>
  commands.run(['import', 'hospitals', commands.file('new.csv', content), ...options])
const stored = () => commands.stored(({ hospitals }) => hospitals.all())

/** What is stored is the same after as before, but for what the test says. */
async function keepsAll(content: string | Uint8Array, ...options: string[]) {
  const before = stored()
  const result = await importOf(content, ...options)
  expect(stored()).toEqual(before)
  return result
}

describe('blank cells', () => {
  const blank = sheet(with_('医療機能', '').map((cells) => cells.with(HEADERS.indexOf('電話番号'), '　')))

  test('keep what is known, said by column before the counts', async () => {
    const { code, out } = await keepsAll(blank)
    expect([code, out.split('\n')]).toEqual([
      0,
      [
        '警告 電話番号：空欄の3件は、登録済みの値を残します。',
        '警告 医療機能：空欄の3件は、登録済みの値を残します。',
        '空欄のセルは、登録済みの値を残します。空欄として取り込むには、--blank clear を付けて実行してください。',
        '追加 0件、変更 0件、変更なし 3件、警告 2件、エラー 0件',
      ],
    ])
    expect((await keepsAll(blank, '--blank', 'keep')).out).toBe(out)
  })

  test('clear it where the officer says so, looked at first', async () => {
    const { out } = await keepsAll(blank, '--blank', 'clear', '--dry-run')
    expect(out.split('\n')).toEqual([
      '警告 電話番号：3件の登録済みの値が空欄になります。',
      '警告 医療機能：3件の登録済みの値が空欄になります。',
      '追加 0件、変更 3件、変更なし 0件、警告 2件、エラー 0件',
      '確認のみ行いました（取り込んでいません）。',
    ])
    expect((await importOf(blank, '--blank=clear')).code).toBe(0)
    expect(stored()).toMatchObject(KNOWN.map(() => ({ phone: null, functions: [], email: 'a@example.jp' })))
    expect(commands.stored(({ audit }) => audit.latest(1))).toMatchObject([
      { detail: { changed: 3, blank: 'clear' } },
    ])
  })

  test.each(['keep', 'clear'])('that Excel cut off keep it, with %s', async (rule) => {
    const cut = sheet(KNOWN.map((cells) => cells.slice(0, 15)))
    const { code, out } = await keepsAll(cut, '--blank', rule)
    expect(code).toBe(0)
    expect(out).toContain('警告 医療機能：列の数が見出しより少ない行の3件は、登録済みの値を残します。')
    expect(out).toContain('警告 立入検査：')
  })

  test.each([[['--blank']], [['--blank', 'erase']], [['--blank=']], [['--clear']]])(
    'are asked with %j',
    async (options) => {
      const { code, error } = await keepsAll(blank, ...options)
      expect([code, error]).toEqual([
        2,
        '使い方：kakuho import hospitals FILE [--dry-run] [--blank keep|clear]',
      ])
    },
  )
})

describe('beds are never lost to a header', () => {
  test('with a unit: they are read', async () => {
    const headers = HEADERS.with(9, '許可病床数（床）')
    const types = KNOWN.map((cells) => cells.map((cell, place) => (place > 9 && place < 15 ? '' : cell)))
    const { code, out } = await keepsAll(sheet(types, headers))
    expect([code, out]).toEqual([
      0,
      expect.stringContaining('一般病床：空欄の3件は、登録済みの値を残します。'),
    ])
  })

  test.each([
    ['稼働病床数', '許可病床数'],
    ['医療機能の種類', '医療機能'],
    ['立入検査の状況', '立入検査'],
  ])('「%s」, which may be %s, is asked about', async (header, column) => {
    const { code, error, errorLines } = await keepsAll(
      sheet(KNOWN, HEADERS.with(HEADERS.indexOf(column), header)),
    )
    expect([code, errorLines]).toEqual([2, 1])
    expect(error).toContain(`「${header}」は「${column}」に似ていますが`)
  })
})

test('an error value refuses the file, with its row and column', async () => {
  const { code, out } = await keepsAll(
    sheet([KNOWN[0]!, KNOWN[1]!.with(2, '#N/A'), KNOWN[2]!.with(6, '#REF!')]),
  )
  expect(code).toBe(2)
  expect(out).toContain('エラー 3行目 医療機関名：Excelのエラー値です。')
  expect(out).toContain('エラー 4行目 丙病院 所在地：Excelのエラー値です。')
})

test('a code with .0 is the same hospital, one of another length is none', async () => {
  expect((await keepsAll(sheet(KNOWN.map((cells) => cells.with(0, `${cells[0]}.0`))))).code).toBe(0)
  const { code, out } = await keepsAll(sheet([KNOWN[0]!.with(0, '46199000140')]))
  expect([code, out]).toEqual([2, expect.stringContaining('桁数が違います（11桁です）。')])
})

test('a name that lost a character leaves the known one, and says so', async () => {
  const { code, out } = await keepsAll(sheet([KNOWN[0]!.with(2, '?田病院'), KNOWN[1]!.with(2, '吉〓病院')]))
  expect(code).toBe(0)
  expect(out.split('\n').slice(0, 2)).toEqual([
    '警告 2行目 ?田病院 医療機関名：「?田病院」は、文字が失われている可能性があります。登録済みの「髙田病院」を残します。',
    '警告 3行目 吉〓病院 医療機関名：「吉〓病院」は、文字が失われている可能性があります。登録済みの「吉野病院」を残します。',
  ])
  const other = await importOf(sheet([KNOWN[2]!.with(2, '〓田病院')]))
  expect(other.out).toContain('このまま取り込むと、登録済みの「丙病院」が置き換わります。')
})

test('a telephone number that lost its 0 changes nothing', async () => {
  const { code, out } = await keepsAll(sheet(with_('電話番号', '992862707')))
  expect([code, out]).toEqual([0, expect.stringContaining('先頭の0が失われている')])
})

test.each(['\u001a', '\u200b,,,\r\n', '\u3000\r\n'])('a line of nothing is none: %j', async (line) => {
  expect(await keepsAll(`${sheet(KNOWN)}\r\n${line}`)).toMatchObject({
    code: 0,
    out: '追加 0件、変更 0件、変更なし 3件、警告 0件、エラー 0件',
  })
})

test('the same list in CP932 is the same list', async () => {
  expect((await keepsAll(iconv.encode(sheet(KNOWN), 'cp932'))).out).toContain('変更なし 3件、警告 0件')
})

test('what is said of places is said of the prefecture’s kind', async () => {
  await commands.run(['settings', 'set', 'prefecture=大阪府'])
  const { out } = await importOf(sheet(with_('市町村', '宮崎市')), '--dry-run')
  expect(out).toContain('「宮崎市」は府内の市町村の一覧にありません。')
  expect(out).not.toContain('県内')
})

test('a row under another number that has a known hospital’s name is not stored as a second one', async () => {
  const navii = row('', '高田病院').with(1, '46199901').with(9, '150')
  const { code, out } = await importOf(sheet([navii, KNOWN[1]!]))
  expect([code, out.split('\n')]).toEqual([
    0,
    [
      '登録済みの病院と同じ可能性がある行 1件（照合待ちとします。画面の「病院の照合」で確認してください）',
      'ファイルにない登録済みの病院 2件（変更しません）',
      '追加 0件、変更 0件、変更なし 1件、警告 1件、エラー 0件',
    ].toSpliced(0, 0, expect.stringContaining('警告 2行目')),
  ])
  expect(stored()).toHaveLength(3)
  expect(commands.stored(({ hospitalMatches }) => hospitalMatches.waiting())).toHaveLength(1)
})
