/**
 * Writes the golden snapshots and what the engine makes of them: `node test/domain/selection/golden/make.ts`.
 * To be run only when the format or a rule changes on purpose, and its diff to be read line by line.
 */
import { writeFileSync } from 'node:fs'
import { DEFAULT_POLICY, type Policy } from '../../../../src/domain/selection/policy.ts'
import { select } from '../../../../src/domain/selection/select.ts'
import type { Candidate, Snapshot } from '../../../../src/domain/selection/snapshot.ts'
import { candidate, snapshot, submission } from '../builders.ts'

const designate = { kind: 'designate', reason: '県内で唯一の機能を担うため' } as const
const exclude = { kind: 'exclude', reason: '年度内に閉院するため' } as const

const consenting = (changes = {}) => submission({ gmisConsent: true, ...changes })
const gmis = (offlineBackup: boolean | null, bcp: boolean | null, networkControl: boolean | null) => ({
  offlineBackup,
  bcp,
  networkControl,
})

/** Letters are names; the digits of the codes are nobody's. 𠮷野 and 﨑津 are regions only to be sorted. */
const all: Candidate[] = [
  named('A', 620, '鹿児島', {
    functions: ['emergency_center', 'emergency', 'disaster', 'advanced', 'perinatal'],
    inspection: 'good',
    submission: consenting({ submittedAt: '2024-03-08T00:30:00.000Z' }),
    gmis: gmis(true, true, true),
  }),
  named('B', 510, '鹿児島', { functions: ['emergency', 'regional_support', 'infectious'] }),
  named('C', 250, '鹿児島', {
    functions: ['emergency', 'disaster'],
    inspection: 'insufficient',
    submission: consenting({ intent: 'network' }),
    gmis: gmis(false, null, false),
  }),
  named('D', 240, '熊毛', { submission: submission({ emr: 'partial', intent: 'backup' }) }),
  named('E', 180, '鹿児島', { functions: ['perinatal', 'infectious'], inspection: 'insufficient' }),
  named('F', 150, '鹿児島', { functions: ['remote'], inspection: 'insufficient' }),
  named('G', 120, '奄美', {
    functions: ['emergency', 'remote'],
    submission: consenting({ emr: 'planned', emrPlannedMonth: '2025-03' }),
    gmis: gmis(null, false, null),
  }),
  named('H', 110, '奄美', { submission: null, override: designate }),
  // One score, the same beds and the same instant: the lottery has the last word.
  named('I', 60, '𠮷野'),
  named('J', 60, '𠮷野'),
  named('K', 60, '𠮷野', { submission: submission({ submittedAt: '2024-03-10T23:59:59.999Z' }) }),
  named('L', 80, '鹿児島', { functions: ['emergency'], inspection: 'insufficient' }),
  named('M', 70, '鹿児島', { functions: ['emergency'], inspection: 'insufficient' }),
  named('N', 40, '﨑津', { inspection: 'good' }),
  named('O', 90, '﨑津', { submission: null }),
  named('P', 90, '鹿児島', { override: exclude }),
  named('Q', 19, '鹿児島', { override: designate }),
  named('R', 330, '鹿児島', { submission: submission({ emr: 'none' }) }),
  named('S', 350, '鹿児島', { submission: submission({ emr: 'planned', emrPlannedMonth: '2025-04' }) }),
  named('T', 50, '熊毛', { submission: submission({ emr: 'planned' }) }),
  named('U', 30, '奄美', { submission: submission({ intent: 'undecided' }) }),
  named('V', 0, '奄美', { submission: submission({ intent: 'none' }) }),
  named('W', 410, '姶良・伊佐', { submission: submission({ intent: 'none' }) }),
  candidate('試験-𠮷', { name: '試験𠮷病院', beds: 25, submission: null }),
  candidate('試験-﨑', { name: '試験﨑病院', beds: 25, submission: null }),
]

const filed = {
  offlineBackup: true,
  bcp: true,
  networkControl: null,
  source: '施設基準の届出（診療録管理体制加算1）',
  asOf: '2025-10-01',
}

/** The seats, and what the defaults were when the files were first written. */
const seats = (...each: number[]): Pick<Policy, 'bands' | 'tieBreak' | 'lotterySeed'> => ({
  tieBreak: ['beds', 'submittedAt', 'lottery'],
  lotterySeed: '令和6年3月19日',
  bands: DEFAULT_POLICY.bands.map((band, index) => ({ ...band, seats: each[index]! })),
})

write('', snapshot(all, { ...seats(4, 2, 1, 1, 0, 1), shortfall: 'redistribute' }))
write('over-seats-', {
  ...snapshot(
    all.map((each) => (/[IJKN]病院/.test(each.name) ? { ...each, override: designate } : each)),
    { ...seats(3, 1, 1, 2, 0, 1), shortfall: 'redistribute', tieBreak: ['lottery', 'beds'], unknownValue: 0 },
  ),
  round: 2,
})
// The seats that the first one left, to whoever took none of it: B has declined it, and N has been excluded since.
const HOLDING = 'ACGHI'
write('additional-', {
  ...snapshot(
    all.map((each): Candidate => {
      const letter = /^試験([A-Z])病院$/.exec(each.name)?.[1] ?? '-'
      if (HOLDING.includes(letter)) return { ...each, otherRound: 'selected' }
      if ('BV'.includes(letter)) return { ...each, otherRound: 'declined' }
      return letter === 'N' ? { ...each, otherRound: 'selected', override: exclude } : each
    }),
    { ...seats(2, 1, 1, 1, 0, 1), regionFloor: 2 },
  ),
  round: 2,
})

// The next edition: four further questions, public facts, and support of an earlier year.
write(
  'edition-',
  snapshot(
    [
      ...all.map((each, index): Candidate => {
        const letter = /^試験([A-Z])病院$/.exec(each.name)?.[1] ?? '-'
        return {
          ...each,
          submission: each.submission && { ...each.submission, ...extraOf(index) },
          ...('ABFIJ'.includes(letter) && { publicFacts: filed }),
          ...('BD'.includes(letter) && { supportedIn: '令和6年度' }),
        }
      }),
      named('X', 55, '熊毛', { submission: submission({ extra: { links: 40, map: 'never' } }) }),
    ],
    {
      ...seats(4, 2, 1, 1, 0, 1),
      earlierSupport: 'exclude',
      questions: [
        { id: 'links', label: '外部接続点の数', kind: 'number', points: 20, zeroAt: 7, fullAt: 30 },
        {
          id: 'map',
          label: 'ネットワーク構成図の有無',
          kind: 'choice',
          points: 10,
          options: [
            { id: 'yes', label: 'あり', value: 0 },
            { id: 'no', label: 'なし', value: 100 },
            { id: 'never', label: '作成しない', value: 0, eligible: false },
          ],
        },
        { id: 'age', label: '最も古い機器の導入からの年数', kind: 'number', points: 7, zeroAt: 9, fullAt: 2 },
        {
          id: 'vendor',
          label: '事業者の協力',
          kind: 'choice',
          points: 0,
          options: [
            { id: 'yes', label: '得られる', value: 100 },
            { id: 'no', label: '得られない', value: 0 },
          ],
        },
      ],
    },
  ),
)

function extraOf(index: number): { extra?: Record<string, string | number> } {
  const extra = {
    ...(index % 4 > 0 && { links: (index * 7) % 43 }),
    ...(index % 5 > 0 && { map: index % 2 === 0 ? 'yes' : 'no' }),
    ...(index % 3 > 0 && { age: index % 12 }),
    ...(index % 6 > 0 && { vendor: index % 3 === 0 ? 'no' : 'yes' }),
  }
  return Object.keys(extra).length > 0 ? { extra } : {}
}

function named(letter: string, beds: number, region: string, changes: Partial<Candidate> = {}): Candidate {
  const code = `46199${String(letter.charCodeAt(0) * 137).padStart(5, '0')}`
  return candidate(code, { name: `試験${letter}病院`, beds, region, ...changes })
}

function write(prefix: string, content: Snapshot): void {
  const file = (name: string) => new URL(`${prefix}${name}.json`, import.meta.url)
  writeFileSync(file('snapshot'), `${JSON.stringify(content, null, 2)}\n`)
  writeFileSync(file('result'), `${JSON.stringify(select(content), null, 2)}\n`)
}
