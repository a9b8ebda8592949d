import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readPolicy } from '../../../src/admin/policy/field-errors.ts'
import {
  policyTexts,
  seatTotal,
  sentPolicy,
  type TypedPolicy,
} from '../../../src/admin/policy/typed-policy.ts'
import { DEFAULT_POLICY, labelledPolicy, type Policy } from '../../../src/domain/selection/policy.ts'
import { policyChanges } from '../../../src/domain/selection/words/policy-changes.ts'

const labelled = (policy: Policy) => labelledPolicy(policy, new Map())
const FIELDS = fieldsOfPolicy(policyTexts(DEFAULT_POLICY))
const read = (changes: Record<string, string>) => readPolicy(sentPolicy({ ...FIELDS, ...changes }))

describe('a policy typed into the form', () => {
  test('is the stored one where nothing is changed', () => {
    expect(read({})).toEqual({ policy: DEFAULT_POLICY, errors: {} })
    const scarce = { ...DEFAULT_POLICY, tieBreak: ['lottery' as const], criteria: { bcp: 3 } }
    const again = readPolicy(sentPolicy(fieldsOfPolicy(policyTexts(scarce)))).policy!
    expect(again.tieBreak).toEqual(['lottery'])
    expect(policyChanges(labelled(scarce), labelled(again))).toEqual([])
  })

  test('may have its numbers and months written as people write them', () => {
    const { policy } = read({
      'points.emergency': ' ３０ ',
      regionFloor: '２',
      supportPeriodEnd: '令和８年３月',
      ...band(0, '２０', '９９', '２３'),
    })
    expect(policy).toMatchObject({ regionFloor: 2, supportPeriodEnd: '2026-03', criteria: { emergency: 30 } })
    expect(policy!.bands).toEqual(DEFAULT_POLICY.bands)
  })

  test('needs a text for the lot only where that is typed: one that is drawn is blank until then', () => {
    const typed = sentPolicy({ ...FIELDS, lotterySeed: '' })
    const questions = { counting: [], kept: {} }
    expect(readPolicy(typed, { ...questions, typesSeed: false })).toEqual({
      policy: { ...DEFAULT_POLICY, lotterySeed: '' },
      errors: {},
    })
    expect(readPolicy(typed, { ...questions, typesSeed: true })).toMatchObject({
      policy: null,
      errors: { lotterySeed: expect.stringContaining('空欄にできません') },
    })
  })

  test.each(['announced:宝くじ:1', `receipts:${'0'.repeat(64)}`])(
    'refuses %s as a text for the lot: it would stand for a draw that there never was',
    (lotterySeed) => {
      const { policy, errors } = read({ lotterySeed })
      expect(policy).toBeNull()
      expect(errors).toEqual({
        lotterySeed: expect.stringContaining('抽選に用いる文字列：「announced:」で始まる'),
      })
    },
  )

  test.each(['announced', 'receipts:', `receipts:${'0'.repeat(63)}`])(
    'takes %s as a text for the lot',
    (lotterySeed) => {
      expect(read({ lotterySeed }).policy).toMatchObject({ lotterySeed })
    },
  )

  test('loses a band by a cleared row and gains one by a spare row, in ascending order', () => {
    const { policy } = read({ ...band(1, '', ' ', '', '100-199'), ...band(8, '10', '19', '2') })
    expect(policy!.bands.map(({ id, min }) => [id, min])).toEqual([
      ['10-19', 10],
      ['20-99', 20],
      ['200-299', 200],
      ['300-399', 300],
      ['400-499', 400],
      ['500-', 500],
    ])
  })

  test('names a band after its limits, until somebody gives it a name', () => {
    expect(read(band(5, '500', '899', '1', '500-')).policy!.bands.at(-1)!.id).toBe('500-899')
    expect(read(band(5, '500', '899', '1', '大規模')).policy!.bands.at(-1)!.id).toBe('大規模')
  })

  test.each<[string, Record<string, string>, Record<string, string>]>([
    [
      'overlapping bands',
      band(0, '20', '150', '23'),
      {
        'bands.1.min':
          '病床規模区分の2行目の下限：1行目の区分（20～150床）と重なっています。重ならないように、下限か上限を直してください。',
      },
    ],
    [
      'a band behind one without an upper limit',
      band(6, '900', '', '1'),
      {
        'bands.6.min':
          '病床規模区分の7行目の下限：6行目の区分（500床以上）と重なっています。重ならないように、下限か上限を直してください。',
      },
    ],
    [
      'limits the wrong way round',
      band(5, '500', '499', '1'),
      { 'bands.5.max': '病床規模区分の6行目の上限：上限（499）が下限（500）より小さくなっています。' },
    ],
    [
      'two bands of one name',
      {
        ...band(0, '20', '99', '23', '小'),
        ...band(1, '100', '199', '19', '小'),
      },
      {
        'bands.1.min':
          '病床規模区分の2行目：ファイルで用いる記号が、ほかの行と重複しているか、長すぎます。この行を空欄にして、空いている行に入力し直してください。',
      },
    ],
    [
      'a key that there is not',
      { 'tieBreak.1': 'name' },
      {
        'tieBreak.1':
          '同点のときの順位（2番目）：「beds」「submittedAt」「lottery」のいずれかを指定してください。',
      },
    ],
    ['no band at all', noBands(), { 'bands.0.min': '病床規模区分を1つ以上入力してください。' }],
    [
      'a band without its seats',
      band(2, '200', '299', ''),
      { 'bands.2.seats': '病床規模区分の3行目の枠を入力してください。' },
    ],
    [
      'a tie-break key twice',
      { 'tieBreak.2': 'beds' },
      {
        'tieBreak.2': '同点のときの順位（3番目）：同じ項目が2回あります。1回だけ指定してください。',
      },
    ],
    [
      'a lottery without its seed',
      { lotterySeed: '　' },
      {
        lotterySeed:
          '抽選に用いる文字列：「抽選」で順位を決めるときは、空欄にできません。日付などの文字列を入力してください。',
      },
    ],
    [
      'points and values out of their range',
      { 'points.bcp': '1001', 'points.emr': '', 'points.scope': '-1', unknownValue: '101' },
      {
        'points.bcp': '「サイバー攻撃を想定したBCPの未策定」の配点：1000以下の整数で指定してください。',
        'points.emr': '「電子カルテの導入状況」の配点を入力してください。',
        'points.scope': '「活用意向」の配点：整数で指定してください。',
        unknownValue: '不明な項目の評価値：100以下の整数で指定してください。',
      },
    ],
    [
      'no month',
      { supportPeriodEnd: '来年度末' },
      {
        supportPeriodEnd:
          '支援期間の終期（年月）：「令和10年3月」または「2028-03」のように、年と月を入力してください。',
      },
    ],
  ])('is refused with %s', (_, changes, errors) => {
    expect(read(changes)).toEqual({ policy: null, errors })
  })

  test('counts its seats, as long as all of them are numbers', () => {
    expect(seatTotal(sentPolicy(FIELDS))).toBe(50)
    expect(seatTotal(sentPolicy({ ...FIELDS, 'bands.0.seats': '多数' }))).toBeNull()
  })

  test('never fails, whatever is sent', () => {
    const texts = fc.record(Object.fromEntries(Object.keys(FIELDS).map((name) => [name, fc.string()])), {
      requiredKeys: [],
    })
    fc.assert(
      fc.property(texts, (sent) => {
        const { policy, errors } = readPolicy(sentPolicy(sent))
        expect(policy === null).toBe(Object.keys(errors).length > 0)
      }),
    )
  })
})

function fieldsOfPolicy({ bands, texts }: TypedPolicy): Record<string, string> {
  return Object.assign(
    { ...texts },
    ...bands.map(({ min, max, seats, id }, row) => band(row, min, max, seats, id)),
  )
}

function noBands(): Record<string, string> {
  return Object.assign({}, ...Array.from({ length: 6 }, (_, row) => band(row, '', '', '')))
}

function band(row: number, min: string, max: string, seats: string, id = ''): Record<string, string> {
  return {
    [`bands.${row}.min`]: min,
    [`bands.${row}.max`]: max,
    [`bands.${row}.seats`]: seats,
    [`bands.${row}.id`]: id,
  }
}
