import { describe, expect, test } from 'vitest'
import {
  differences,
  type FactChoice,
  heldFacts,
  type Statement,
  statedFacts,
} from '../../../src/domain/master/facts.ts'
import { aHospital } from '../../support/builders.ts'

const [OLD, NEW] = ['2025-06-01', '2025-10-01']
const mine = aHospital({ beds: 90, bedsByType: null })
const theirs = { ...mine, beds: 120 }
const bureau = (beds: number, day = NEW): Statement => ({
  fact: 'beds',
  source: 'bureau',
  day,
  value: { beds, bedsByType: null },
})
const navii = (beds: number, day = OLD): Statement => ({ ...bureau(beds, day), source: 'navii' })
const chosen: FactChoice = { fact: 'beds', source: 'bureau' }

describe('what a file may not overwrite', () => {
  test.each([
    ['what nobody has stated is overwritten', [], [], OLD, 120, []],
    ['an older statement is', [bureau(90, OLD)], [], NEW, 120, []],
    ['a newer one is not', [bureau(90)], [], OLD, 90, ['newer']],
    ['nor one of the same source', [navii(90, NEW)], [], OLD, 90, ['newer']],
    ['the same day is', [bureau(90)], [], NEW, 120, []],
    ['what a newer one says that does not count is', [bureau(70)], [], OLD, 120, []],
    ['what was chosen is not, whatever the day', [bureau(90, OLD)], [chosen], NEW, 90, ['chosen']],
    ['a choice that was taken back is', [bureau(90, OLD)], [{ fact: 'beds', source: null }], NEW, 120, []],
  ] as const)('%s', (_what, statements, choices, day, beds, why) => {
    const { hospital, held } = heldFacts(mine, theirs, { source: 'navii', day }, { statements, choices })
    expect([hospital.beds, held.map((each) => each.why)]).toEqual([beds, why])
  })

  test('what is held takes nothing else with it', () => {
    const after = { ...theirs, phone: '099-999-9999', region: '南薩' }
    const { hospital } = heldFacts(
      mine,
      after,
      { source: 'navii', day: OLD },
      { statements: [bureau(90)], choices: [] },
    )
    expect(hospital).toEqual({ ...mine, phone: '099-999-9999', region: '南薩' })
  })
})

describe('where sources differ', () => {
  test.each([
    ['one alone does not', [bureau(90)], []],
    ['two of one opinion do not', [bureau(90), navii(90)], []],
    ['two of different ones do, the newest first', [navii(120), bureau(90)], ['bureau', 'navii']],
  ] as const)('%s', (_what, statements, sources) => {
    const found = differences(mine, { statements, choices: [] })
    expect(found.flatMap((each) => each.statements.map(({ source }) => source))).toEqual(sources)
  })

  test('bed types alone are no difference, nor the order of functions', () => {
    const general = { general: 90, longTerm: 0, psychiatric: 0, tuberculosis: 0, infectious: 0 }
    const typed: Statement = { ...navii(90), value: { beds: 90, bedsByType: general } }
    const functions: Statement = {
      ...navii(0),
      fact: 'functions',
      value: { functions: ['disaster', 'emergency'] },
    }
    const hospital = { ...mine, functions: ['emergency' as const, 'disaster' as const] }
    expect(differences(hospital, { statements: [bureau(90), typed, functions], choices: [] })).toEqual([])
  })

  test('a choice settles it, until its source says something else', () => {
    const of = (statements: Statement[]) => differences(mine, { statements, choices: [chosen] })
    expect(of([bureau(90), navii(120)])).toMatchObject([{ choice: chosen, isMoved: false }])
    expect(of([bureau(95), navii(120)])).toMatchObject([{ choice: chosen, isMoved: true }])
  })
})

test('a blank cell states nothing; one known bed type does', () => {
  const types = ['general', 'longTerm', 'psychiatric', 'tuberculosis', 'infectious'] as const
  const open = (...blank: ('beds' | 'region' | (typeof types)[number])[]) => ({
    blank: new Set(blank),
    cut: new Set<never>(),
    absent: new Set<never>(),
  })
  const fields = ['beds', 'region'] as const
  expect(statedFacts(fields, open('beds', ...types, 'region'))).toEqual([])
  expect(statedFacts(fields, open('beds', ...types.slice(1)))).toEqual(['beds', 'region'])
  expect(statedFacts(['functions'], undefined)).toEqual(['functions'])
})
