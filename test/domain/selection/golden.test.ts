import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { EMR_IDS, INTENT_IDS } from '../../../src/domain/answer/choices.ts'
import { HOSPITAL_FUNCTION_IDS, INSPECTION_IDS } from '../../../src/domain/master/hospital.ts'
import { BASIS_IDS } from '../../../src/domain/selection/allotment.ts'
import { INELIGIBLE_REASON_IDS } from '../../../src/domain/selection/eligibility.ts'
import { fieldOf } from '../../../src/domain/selection/field.ts'
import { rank, separatingKey } from '../../../src/domain/selection/rank.ts'
import { DECISION_IDS } from '../../../src/domain/selection/result.ts'
import { select } from '../../../src/domain/selection/select.ts'
import { parseSnapshot, type Snapshot } from '../../../src/domain/selection/snapshot.ts'

const golden = (name: string) => readFileSync(new URL(`golden/${name}.json`, import.meta.url), 'utf8')

function snapshotOf(name: string): Snapshot {
  const parsed = parseSnapshot(JSON.parse(golden(name)))
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems))
  return parsed.snapshot
}

/** What only a policy that asks for more can find. */
const OF_AN_EDITION: readonly string[] = ['already_supported', 'answer']

test.each(['', 'over-seats-', 'additional-', 'edition-'])(
  '%ssnapshot.json gives %sresult.json, byte for byte',
  (prefix) => {
    const result = select(snapshotOf(`${prefix}snapshot`))
    expect(`${JSON.stringify(result, null, 2)}\n`).toBe(golden(`${prefix}result`))
  },
)

describe('the golden snapshot shows every rule', () => {
  const snapshot = snapshotOf('snapshot')
  const { results, regions, problems } = select(snapshot)
  const given = <Value>(values: (Value | null)[]) => new Set(values.filter((value) => value !== null))

  test('every reason, decision and basis, and no problem', () => {
    const ofOneRound = INELIGIBLE_REASON_IDS.filter((id) => !id.startsWith('already_') && id !== 'answer')
    expect(given(results.map(({ reason }) => reason))).toEqual(new Set(ofOneRound))
    expect(given(results.map(({ decision }) => decision))).toEqual(new Set(DECISION_IDS))
    expect(given(results.map(({ basis }) => basis))).toEqual(new Set(BASIS_IDS))
    expect(problems).toEqual([])
  })

  test('every answer and every fact', () => {
    const { candidates } = snapshot
    const answers = candidates.flatMap(({ submission }) => submission ?? [])
    expect(new Set(answers.map(({ emr }) => emr))).toEqual(new Set(EMR_IDS))
    expect(new Set(answers.map(({ intent }) => intent))).toEqual(new Set(INTENT_IDS))
    expect(new Set(candidates.map(({ inspection }) => inspection))).toEqual(new Set(INSPECTION_IDS))
    expect(new Set(candidates.flatMap(({ functions }) => functions))).toEqual(new Set(HOSPITAL_FUNCTION_IDS))
    for (const fact of ['offlineBackup', 'bcp', 'networkControl'] as const)
      expect(new Set(candidates.flatMap(({ gmis }) => (gmis ? [gmis[fact]] : [])))).toEqual(
        new Set([true, false, null]),
      )
  })

  test('ties that every key breaks, the lottery among them', () => {
    const field = fieldOf(snapshot)
    const ranked = rank(field, snapshot.policy)
    const keys = ranked
      .slice(1)
      .map((each, index) => separatingKey(field, snapshot.policy.tieBreak, ranked[index]!, each))
    expect(new Set(keys)).toEqual(new Set(['score', 'beds', 'submittedAt', 'lottery']))
  })

  test('texts that code points order unlike UTF-16', () => {
    const names = regions.map(({ id }) => id)
    const codes = results.filter(({ eligible }) => !eligible).map(({ code }) => code)
    expect(names).not.toEqual([...names].sort())
    expect(codes).not.toEqual([...codes].sort())
  })
})

test('the third shows what other rounds leave: hospitals that take no seat, and floors that ask for less', () => {
  const snapshot = snapshotOf('additional-snapshot')
  const { results, regions } = select(snapshot)
  expect(new Set(results.map(({ reason }) => reason))).toEqual(
    new Set([null, ...INELIGIBLE_REASON_IDS.filter((id) => !OF_AN_EDITION.includes(id))]),
  )
  const { regionFloor } = snapshot.policy
  const held = (name: string) =>
    snapshot.candidates.filter(({ region, otherRound }) => region === name && otherRound === 'selected')
      .length
  const floors = regions.map(({ id, floor }) => [held(id), floor])
  expect(floors).toEqual(
    expect.arrayContaining([
      [2, 0],
      [1, regionFloor - 1],
    ]),
  )
  expect(results.some(({ basis }) => basis === 'region_floor')).toBe(true)
})

test('the second shows a band with too many designated beside one whose seats are passed on', () => {
  const { results, bands, problems } = select(snapshotOf('over-seats-snapshot'))
  expect(problems).toEqual([{ kind: 'designated_over_seats', band: '20-99', over: 1 }])
  expect(results.filter(({ basis }) => basis === 'redistributed')).toHaveLength(2)
  expect(bands.filter(({ shortfall }) => shortfall > 0)).toHaveLength(1)
})

test('the fourth shows an edition with further questions, public facts and support of an earlier year', () => {
  const { results } = select(snapshotOf('edition-snapshot'))
  const reasons = new Set(results.map(({ reason }) => reason))
  for (const reason of OF_AN_EDITION) expect(reasons).toContain(reason)
  const valuesOf = (key: 'q.links' | 'q.map' | 'q.age') => new Set(results.map(({ values }) => values[key]))
  // At either end, between them, and where nothing was answered.
  expect(valuesOf('q.links')).toEqual(new Set([...valuesOf('q.links'), 0, 50, 100]))
  expect(valuesOf('q.links').size).toBeGreaterThan(5)
  expect(valuesOf('q.map')).toEqual(new Set([0, 50, 100]))
  expect(valuesOf('q.age').size).toBeGreaterThan(5)
  // What GMIS says counts before what was filed; what was filed before nothing.
  const backup = (letter: string) => results.find(({ code }) => code === codeOf(letter))!.values.offlineBackup
  expect([backup('A'), backup('C'), backup('F'), backup('E')]).toEqual([0, 100, 0, 50])
})

function codeOf(letter: string): string {
  return snapshotOf('edition-snapshot').candidates.find(({ name }) => name === `試験${letter}病院`)!.code
}
