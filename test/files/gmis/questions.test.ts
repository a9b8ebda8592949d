import { describe, expect, it } from 'vitest'
import {
  DEFAULT_GMIS_MAPPING,
  type GmisMapping,
  gmisMappingOf,
  readAs,
} from '../../../src/domain/survey/gmis-mapping.ts'
import { findQuestions } from '../../../src/files/gmis/questions.ts'

const found = (...headers: string[]) => findQuestions(headers, DEFAULT_GMIS_MAPPING)
const mappedTo = (column: string): GmisMapping => ({
  ...DEFAULT_GMIS_MAPPING,
  bcp: { ...DEFAULT_GMIS_MAPPING.bcp, column },
})

describe('a question', () => {
  it.each(['Q6', 'q6 BCP', 'Ｑ６　ＢＣＰ', 'Q6.BCP', 'Q6：BCP', 'Q6（BCP）', 'Q6-BCP'])(
    'Q6 is found in 「%s」',
    (header) => expect(found(header).columns.bcp).toBe(header),
  )

  it.each(['Q6-1', 'Q6－1 訓練', 'Q60', 'Q6a', 'BCP', 'AQ6', 'Q6.1'])(
    'Q6 is not found in 「%s」',
    (header) => {
      const { columns, missing } = found(header, 'Q11')
      expect([columns.bcp, columns.networkControl]).toEqual([null, 'Q11'])
      expect(missing).toContain('bcp')
    },
  )

  it('Q9-1 is found beside Q9 and Q9-10', () => {
    expect(found('Q9', 'Q9-10', 'Q9ー1 オフライン').columns.offlineBackup).toBe('Q9ー1 オフライン')
  })

  it('may be mapped to another column, by its whole header too, or to none', () => {
    expect(findQuestions(['問3 計画'], mappedTo('問3 計画')).columns.bcp).toBe('問3 計画')
    expect(findQuestions(['Q6'], mappedTo('')).missing).not.toContain('bcp')
  })

  it('with two columns is asked about, unless one header is the number itself', () => {
    expect(found('Q6 計画', 'Q6 理由').ambiguous).toEqual([
      { question: 'bcp', columns: ['Q6 計画', 'Q6 理由'] },
    ])
    expect(found('Q6 理由', 'Q6').columns.bcp).toBe('Q6')
  })
})

describe('an answer', () => {
  it.each([
    ['はい', true],
    ['　はい ', true],
    ['いいえ', false],
    ['', null],
    ['1', null],
    ['はい（一部）', null],
    ['yes', null],
  ])('「%s」 is %s', (value, expected) => expect(readAs(DEFAULT_GMIS_MAPPING.bcp, value)).toBe(expected))

  it('means what the mapping says', () => {
    const mapping = { column: 'Q8', yes: ['②2つ以上'], no: ['①1つ', '③なし'] }
    expect(['②２つ以上', '① 1つ', '③なし', 'はい'].map((value) => readAs(mapping, value))).toEqual([
      true,
      false,
      false,
      null,
    ])
  })
})

it('the default mapping can be stored, anything else cannot', () => {
  expect(gmisMappingOf(JSON.parse(JSON.stringify(DEFAULT_GMIS_MAPPING)))).toEqual(DEFAULT_GMIS_MAPPING)
  expect(() => gmisMappingOf({ bcp: 'Q6' })).toThrow()
})
