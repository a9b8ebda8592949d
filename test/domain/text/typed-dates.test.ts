import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  parseInstant,
  readDay,
  readFiscalYear,
  readInstant,
  readMonth,
} from '../../../src/domain/text/typed-dates.ts'

describe('an instant as an officer writes it', () => {
  test.each([
    ['2026-12-18', '2026-12-17T15:00:00.000Z'],
    ['2026-12-18T17:00', '2026-12-18T08:00:00.000Z'],
    ['2026-12-18T17:00:30', '2026-12-18T08:00:30.000Z'],
    ['2026-12-18T17:00:00+09:00', '2026-12-18T08:00:00.000Z'],
    ['2026-12-18T17:00:00+0100', '2026-12-18T16:00:00.000Z'],
    ['2026-12-18T08:00:00.250Z', '2026-12-18T08:00:00.250Z'],
    ['2024-02-29', '2024-02-28T15:00:00.000Z'],
    ['令和元年5月1日', '2019-04-30T15:00:00.000Z'],
    ['平成31年4月30日', '2019-04-29T15:00:00.000Z'],
    ['昭和64年1月7日', '1989-01-06T15:00:00.000Z'],
    ['令和8年12月18日（金）まで', '2026-12-17T15:00:00.000Z'],
    ['９９９９年１２月３１日', '9999-12-30T15:00:00.000Z'],
  ])('%s is %s', (text, instant) => {
    expect(parseInstant(text)?.toISOString()).toBe(instant)
  })

  test('a day alone means the end of that day, where an end is meant', () => {
    for (const text of ['2026-12-18', '令和8年12月18日（金）', 'R8.12.18', '20261218'])
      expect(parseInstant(text, 'end')?.toISOString()).toBe('2026-12-18T15:00:00.000Z')
    expect(parseInstant('2026-12-18T17:00', 'end')?.toISOString()).toBe('2026-12-18T08:00:00.000Z')
  })

  test.each([
    '',
    '明日',
    '12月18日',
    '8.12.18',
    '12/18/2026',
    '2026-12',
    '2026-12-18T',
    '2026-12-18 17:5',
    '2026-12-18 1700',
    '2026-12-181',
    '令和8年12月18日17時05',
    '2026-12-18+09:00',
    '2026-12-18 17:00 18:00',
  ])('%j is none', (text) => {
    expect(readInstant(text)).toEqual({ ok: false, problem: null })
  })

  test.each([
    ['令和8年2月30日', '「令和8年2月30日」という日付はありません。'],
    ['2027/2/29', '「2027/2/29」という日付はありません。'],
    ['Ｒ９．１３．１', '「R9.13.1」という日付はありません。'],
    ['令和0年1月1日', '「令和0年1月1日」という日付はありません。'],
    ['2026-12-18 25:00', '「25:00」という時刻はありません。'],
    ['2026-12-18T24:30', '「24:30」という時刻はありません。'],
    ['令和8年12月18日午後13時', '「午後13時」という時刻はありません。'],
    ['令和8年12月18日17時60分', '「17時60分」という時刻はありません。'],
    ['令和8年12月18日（木）', '令和8年12月18日は金曜日です。'],
    ['令和8年12月18日午後12時', '「午後12時」は、昼の12時とも夜の12時とも読めます。'],
  ])('%s cannot be, and that is said', (text, problem) => {
    const read = readInstant(text)
    expect(!read.ok && read.problem).toContain(problem)
  })
})

const instants = fc
  .date({ min: new Date('2019-05-01T00:00:00Z'), max: new Date('2099-12-31T23:59:00Z'), noInvalidDate: true })
  .map((date) => new Date(Math.floor(date.getTime() / 60_000) * 60_000))

test('every written form of an instant reads as that instant', () => {
  fc.assert(
    fc.property(instants, (tokyo) => {
      const expected = new Date(tokyo.getTime() - 9 * 60 * 60 * 1000).toISOString()
      for (const text of writtenForms(tokyo)) {
        expect([text, parseInstant(text)?.toISOString()]).toEqual([text, expected])
        expect([text, parseInstant(wide(text), 'end')?.toISOString()]).toEqual([text, expected])
      }
    }),
  )
})

test('every written form of a day reads as that day', () => {
  fc.assert(
    fc.property(instants, (tokyo) => {
      const day = tokyo.toISOString().slice(0, 10)
      for (const text of writtenDays(tokyo))
        for (const typed of [text, wide(text), ` ${text} `])
          expect([typed, readDay(typed)]).toEqual([typed, { ok: true, day }])
    }),
  )
})

test('a day has no hour', () => {
  expect(readDay('令和8年12月18日17時')).toEqual({ ok: false, problem: null })
})

/** @param tokyo the clock on the wall, as if it were UTC's */
function writtenDays(tokyo: Date): string[] {
  const [year, month, day] = [tokyo.getUTCFullYear(), tokyo.getUTCMonth() + 1, tokyo.getUTCDate()]
  const era = year - 2018
  const iso = tokyo.toISOString().slice(0, 10)
  const weekday = '日月火水木金土'[tokyo.getUTCDay()]!
  const reiwa = `${era === 1 ? '元' : era}年${month}月${day}日`
  return [
    iso,
    iso.replaceAll('-', '/'),
    iso.replaceAll('-', ''),
    iso.replaceAll('-', '−'),
    `${year}/${month}/${day}`,
    `${year}.${month}.${day}`,
    `${year}年${month}月${day}日`,
    `${year}年${month}月${day}日（${weekday}）`,
    `令和${reiwa}`,
    `㋿${reiwa}`,
    `令和${reiwa}（${weekday}）`,
    `令和${reiwa}(${weekday}曜日)`,
    `令和 ${reiwa.replace(/[年月]/g, '$& ')}`,
    `R${era}.${month}.${day}`,
    `r${String(era).padStart(2, '0')}/${month}/${day}`,
    `R${era}-${month}-${day}`,
    `令${era}.${month}.${day}`,
    `令和${kanji(era)}年${kanji(month)}月${kanji(day)}日`,
  ]
}

function writtenForms(tokyo: Date): string[] {
  const [hour, minute] = [tokyo.getUTCHours(), tokyo.getUTCMinutes()]
  const colon = tokyo.toISOString().slice(11, 16)
  const half = hour < 12 ? '午前' : '午後'
  const times = [
    ` ${colon}`,
    `　${colon}:00`,
    ` ${hour}:${colon.slice(3)}`,
    `${hour}時${minute}分`,
    ` ${hour}時${colon.slice(3)}分`,
    `${half}${hour % 12}時${minute}分`,
    ` ${half} ${hour % 12}:${colon.slice(3)}`,
    ...(minute === 0 ? [`${hour}時`, `${half}${hour % 12}時`] : []),
    ...(minute === 30 ? [`${hour}時半`] : []),
    ...(hour === 12 && minute === 0 ? ['正午'] : []),
  ]
  // Eight digits and a time at once run together.
  const days = writtenDays(tokyo)
  const apart = days.flatMap((day) =>
    times.map((time) => (/\d$/.test(day) ? `${day} ${time.trim()}` : day + time)),
  )
  return [...apart, `${days[0]}T${colon}`, `${days[0]}T${colon}+09:00`, ...endOfDayBefore(tokyo)]
}

function endOfDayBefore(tokyo: Date): string[] {
  if (tokyo.toISOString().slice(11, 16) !== '00:00') return []
  const before = new Date(tokyo.getTime() - 60_000)
  return writtenDays(before).flatMap((day) => [`${day} 24時`, `${day} 24:00`, `${day} 24時`])
}

function wide(text: string): string {
  return text.replace(/[!-~]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) + 0xfee0))
}

function kanji(number: number): string {
  const figure = (value: number) => '〇一二三四五六七八九'[value]!
  const [tens, ones] = [Math.floor(number / 10), number % 10]
  if (tens === 0) return figure(ones)
  return `${tens === 1 ? '' : figure(tens)}十${ones === 0 ? '' : figure(ones)}`
}

test.each(['令和9年4月', 'R9.4', '2027-04', '2027/4', '2027年4月', 'Ｒ９．４', '令和9年4月1日'])(
  'the month %s is 2027-04',
  (text) => expect(readMonth(text)).toBe('2027-04'),
)

test('every written form of a fiscal year reads as that year', () => {
  for (let year = 2019; year < 2100; year++) {
    const era = year - 2018
    const forms = [
      `${year}`,
      `${year}年度`,
      `令和${era === 1 ? '元' : era}年度`,
      `R${era}`,
      `令${era}`,
      `R${era}年度`,
    ]
    for (const text of forms)
      for (const typed of [text, wide(text)]) expect([typed, readFiscalYear(typed)]).toEqual([typed, year])
  }
  for (const text of ['', '9', '27', '来年度', '令和0年度', '2027-04', '令和9年4月', '12345'])
    expect([text, readFiscalYear(text)]).toEqual([text, null])
})

describe('readMonth', () => {
  test.each([
    '2024年9月',
    '2024/9',
    '2024-09',
    '202409',
    '２０２４－０９',
    '２０２４ー９',
    '2024.9',
    '2024-09-30',
    '2024年9月1日',
    '令和6年9月',
    '令和 ６ 年 ９ 月',
    'R6.9',
    'r6/09',
    'Ｒ６．９．１',
  ])('%s is 2024-09', (typed) => expect(readMonth(typed)).toBe('2024-09'))

  test('knows the first year of an era', () => expect(readMonth('令和元年10月')).toBe('2019-10'))

  test.each([
    '',
    '9月',
    '2024',
    '2024-13',
    '2024-0',
    '202400',
    '1999-09',
    '令和6年',
    '令和99年1月',
    '来年度',
    'H31.4',
  ])('%j is no month', (typed) => expect(readMonth(typed)).toBeNull())

  test('leaves a normalised month as it is', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2000, max: 2099 }), fc.integer({ min: 1, max: 12 }), (year, month) => {
        const normal = `${year}-${String(month).padStart(2, '0')}`
        expect(readMonth(normal)).toBe(normal)
        expect(readMonth(`${year}年${month}月`)).toBe(normal)
      }),
    )
  })
})
