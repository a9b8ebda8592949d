import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Submission } from '../../../src/domain/answer/submission.ts'
import { SHIPPED_WORDINGS } from '../../../src/domain/disclosure/classes.ts'
import { documentOfFile, furtherRules, UNCLASSED } from '../../../src/domain/disclosure/documents.ts'
import { classesInForce } from '../../../src/domain/disclosure/in-force.ts'
import { type Lottery, lotsOf, lotteryOf } from '../../../src/domain/lot/lottery.ts'
import { INSPECTION_IDS } from '../../../src/domain/master/hospital.ts'
import { registerOf } from '../../../src/domain/record/register.ts'
import { amend } from '../../../src/domain/selection/amendment.ts'
import { sealArchive } from '../../../src/domain/selection/archive/archive.ts'
import { questionTextsOf } from '../../../src/domain/selection/edition-questions.ts'
import { DEFAULT_POLICY } from '../../../src/domain/selection/policy.ts'
import { amendedReading, readingOf } from '../../../src/domain/selection/reading.ts'
import { select } from '../../../src/domain/selection/select.ts'
import { snapshotOf } from '../../../src/domain/selection/snapshot-of.ts'
import { reasonsOf } from '../../../src/domain/selection/words/reasons.ts'
import { MINISTRY_COLUMN_IDS } from '../../../src/domain/survey/ministry-columns.ts'
import type { SetContents } from '../../../src/files/disclosure/contents.ts'
import { setOf } from '../../../src/files/disclosure/set.ts'
import { readSheets } from '../../../src/files/xlsx/read.ts'
import { roundFiles } from '../../../src/office/rounds/files.ts'
import { aHospital } from '../../support/builders.ts'
import { marksIn, unpacked } from '../../support/disclosure.ts'
import { FOUR } from '../../support/further.ts'
import { anAnswer } from '../../support/submissions.ts'

/** What of a hospital must not show: two offices that differ in it alone hand out the same. */
interface Hidden {
  contactName: string
  phone: string
  email: string
  remarks: string
  department: string
  inspection: (typeof INSPECTION_IDS)[number]
  bcp: boolean | null
  reason: string
  hour: number
  /** What was answered to the further questions; it earns the same whatever it was. */
  links: number
  kinds: string
  map: 'yes' | 'no' | null
  /** What the filings of the hospital show. */
  filed: boolean | null
  witness: string
}

const hidden = (mark: string): fc.Arbitrary<Hidden> =>
  fc.record({
    contactName: fc.nat(9_999).map((at) => `氏名${mark}${at}郎`),
    phone: fc.nat(9_999).map((at) => `0998${mark === 'い' ? 1 : 2}${String(at).padStart(4, '0')}0`),
    email: fc.nat(9_999).map((at) => `p${at}.${mark === 'い' ? 'one' : 'two'}@secret.example.jp`),
    remarks: fc.nat(9_999).map((at) => `備考${mark}${at}のとおり`),
    department: fc.nat(99).map((at) => `部署${mark}${at}係`),
    inspection: fc.constantFrom(...INSPECTION_IDS),
    bcp: fc.constantFrom(true, false, null),
    reason: fc.nat(9_999).map((at) => `判断${mark}${at}`),
    hour: fc.nat(20),
    // Numbers that nothing else is.
    links: fc.integer({ min: 1, max: 9_999 }).map((at) => (mark === 'い' ? 51_0000 : 62_0000) + at),
    kinds: fc.nat(9_999).map((at) => `回線${mark}${at}式`),
    map: fc.constantFrom('yes', 'no', null),
    filed: fc.constantFrom(true, false, null),
    witness: fc.nat(9_999).map((at) => `立会${mark}${at}子`),
  })

/** How the lot was drawn, which is the same in both: everybody may read it. */
const methods = fc.constantFrom('receipts' as const, 'announced' as const, 'text' as const)

const offices = fc.array(
  fc.record({
    beds: fc.integer({ min: 20, max: 400 }),
    region: fc.constantFrom('鹿児島', '奄美', '熊毛'),
    functions: fc.subarray(['emergency-center', 'disaster-base'] as const).map(() => []),
    override: fc.constantFrom(null, null, null, 'designate' as const),
    one: hidden('い'),
    other: hidden('ろ'),
  }),
  { minLength: 4, maxLength: 12 },
)
type Office = typeof offices extends fc.Arbitrary<infer Value> ? Value : never

test('two offices that differ in what is hidden hand out the same bytes; none of it is in them', async () => {
  await fc.assert(
    fc.asyncProperty(offices, methods, async (office, method) => {
      const [one, other] = [
        await setOf(await contentsOf(office, 'one', { method })),
        await setOf(await contentsOf(office, 'other', { method })),
      ]
      expect(one.equals(other)).toBe(true)
      const { bytes } = unpacked(one)
      const secrets = office.flatMap(({ one, other }) =>
        [one, other].flatMap(({ contactName, phone, email, remarks, department, reason, ...own }) => [
          contactName,
          phone,
          phone.replace(/^(\d{3})(\d{3})/, '$1-$2-'),
          email,
          remarks,
          department,
          reason,
          ...[own.kinds, own.witness, String(own.links), own.links.toLocaleString('ja-JP')],
        ]),
      )
      for (const [name, content] of bytes) {
        const text = content.toString('utf8')
        for (const secret of secrets)
          if (text.includes(secret)) throw new Error(`${secret} stands in ${name}`)
        expect(text).not.toContain('secret.example.jp')
        expect(text).not.toMatch(/"score": \d/)
      }
      expect(bytes.get('02_不開示理由一覧.csv')!.toString('utf8')).not.toContain(UNCLASSED.note)
      const titles = ['追加の質問', '選定の理由', ...(method === 'text' ? [] : ['抽選の記録'])]
      for (const title of titles) expect([...bytes.keys()]).toContain(`03_確定結果/${title}.json`)
      expect(bytes.has('03_確定結果/抽選の記録.json')).toBe(method !== 'text')
    }),
    { numRuns: 16 },
  )
}, 120_000)

test('a workbook of the set says nothing of who made it, has no hidden sheet and no note', async () => {
  const office = fc.sample(offices, { numRuns: 1, seed: 7 })[0]!
  const { bytes } = unpacked(await setOf(await contentsOf(office, 'one')))
  const parts = [...bytes].filter(([name]) => name.includes('.xlsx/'))
  expect(parts.length).toBeGreaterThan(10)
  for (const [name, content] of parts) {
    expect(name).not.toMatch(/comments|drawing|embedding|customXml|vml/)
    expect(content.toString('utf8')).not.toMatch(/state="(?:hidden|veryHidden)"|<(?:row|col)\b[^>]*hidden/)
  }
})

test('marks that stood in a document before are told apart from what is taken out', async () => {
  const office = fc.sample(offices, { numRuns: 1, seed: 8 })[0]!
  const contents = await contentsOf(office, 'one', { name: '■■病院' })
  const { files } = unpacked(await setOf(contents))
  const reasons = files.get('02_不開示理由一覧.csv')!.toString('utf8')
  expect(reasons).toContain('元の文書にある記号です。')
  for (const [name, content] of files)
    if (name === '03_確定結果/厚生労働省への報告.csv') {
      const listed = reasons
        .split('\r\n')
        .filter((line) => line.startsWith('厚生労働省への報告,'))
        .reduce((sum, line) => sum + Number(line.split(',')[3]), 0)
      expect(marksIn(name, content)).toBe(listed)
    }
})

test('a number below zero is a number in every file, and no formula in any', async () => {
  const fairness = {
    ...{ id: 'fairness', path: '差', title: '差', dated: '', documentNumber: '', type: 'csv' as const },
    ...{
      bytes: Buffer.from("区分,差\r\n小,-3.7\r\n大,'-SUM(1)\r\n"),
      sha256: null,
      isLarge: false,
      note: '',
    },
    columns: ['区分', '差'].map((column) => ({ column, grounds: [] })),
  }
  const office = fc.sample(offices, { numRuns: 1, seed: 9 })[0]!
  const { files, bytes } = unpacked(
    await setOf({ ...(await contentsOf(office, 'one')), documents: [fairness], others: [] }),
  )
  expect(files.get('差.csv')!.toString('utf8')).toBe("\uFEFF区分,差\r\n小,-3.7\r\n大,'-SUM(1)\r\n")
  const [sheet] = readSheets(files.get('差.xlsx')!)
  expect(sheet!.rows.map((cells) => cells[1])).toEqual(['差', '-3.7', '-SUM(1)'])
  expect(bytes.get('差.xlsx/xl/worksheets/sheet1.xml')!.toString('utf8')).toContain('<v>-3.7</v>')
})

interface Told {
  name?: string
  method?: 'receipts' | 'announced' | 'text'
}

/** 立会人, who drew and what was typed wrong are hidden; the draw itself is not. */
function lotteryBy(
  method: 'receipts' | 'announced' | 'text',
  numbers: readonly string[],
  { witness, reason }: Hidden,
  by: string,
): Lottery | null {
  const drawn = { drawnAt: '2024-03-19T00:00:00.000Z', closesAt: '2024-03-18T15:00:00.000Z', by }
  if (method === 'text') return null
  if (method === 'receipts')
    return lotteryOf({ ...drawn, method, list: numbers.map((number) => ({ number, lot: '042' })) })
  return lotteryOf({
    ...{ ...drawn, method, source: '宝くじ', value: '12組', knownOn: '2024-03-19' },
    ...{ announcedAt: '2024-03-10T00:00:00.000Z', witnesses: [`${witness}一`, `${witness}二`] },
    corrections: [{ at: '2024-03-19T00:01:00.000Z', by, from: '11組', reason }],
  })
}

async function contentsOf(
  office: Office,
  which: 'one' | 'other',
  { name = '試験病院', method = 'receipts' }: Told = {},
): Promise<SetContents> {
  const codeOf = (at: number) => `46199${String(at).padStart(5, '0')}`
  const hospitals = office.map(({ beds, region, [which]: { inspection, phone, email } }, at) =>
    aHospital({ key: codeOf(at), name: `${name}${at}`, beds, region, inspection, phone, email }),
  )
  const submissions = office.map(({ [which]: own }, at): Submission => {
    const { contactName, phone, email, remarks, department, hour, links, kinds, map } = own
    const extra = { links, kinds, ...(map && { map }) }
    const instant = new Date(Date.UTC(2024, 2, 11, hour))
    return {
      ...{ id: at + 1, number: `R-${at}`, submissionId: `x${at}`, code: 'ABCD-2345', version: 1 },
      ...{
        submittedAt: instant,
        createdAt: instant,
        correctedAt: instant,
        withdrawnAt: null,
        closedAt: null,
      },
      ...{ state: 'current', hospitalCode: codeOf(at), typedHospital: null, channel: 'web', enteredBy: null },
      ...{ withdrawnChannel: null, isMatched: false },
      answers: anAnswer({ contactName, phone, email, remarks, department, extra }),
    } as Submission
  })
  const overrides = office.flatMap(({ override, [which]: { reason } }, at) =>
    override ? [{ hospitalCode: codeOf(at), kind: override, reason }] : [],
  )
  const numbers = submissions.map(({ number }) => number).sort()
  const lottery = lotteryBy(method, numbers, office[0]![which], `login-${which}`)
  const policy = {
    ...DEFAULT_POLICY,
    supportPeriodEnd: '2025-03',
    criteria: {},
    tieBreak: ['beds' as const, 'lottery' as const],
    lotterySeed: lottery?.seed ?? 'text',
    unknownValue: 100,
    questions: [
      { id: 'links', kind: 'number' as const, points: 0, zeroAt: 0, fullAt: 1000 },
      {
        ...{ id: 'map', kind: 'choice' as const, points: 10 },
        options: ['yes', 'no'].map((id) => ({ id, value: 100 })),
      },
    ],
    bands: [
      { id: 'small', min: 20, max: 199, seats: 4 },
      { id: 'large', min: 200, max: null, seats: 2 },
    ],
  }
  const gmis = new Map(
    office.map(({ [which]: { bcp } }, at) => [
      codeOf(at),
      { offlineBackup: null, bcp, networkControl: null },
    ]),
  )
  const filing = { source: '施設基準の届出', asOf: '2024-03-01', offlineBackup: null, networkControl: null }
  const publicFacts = new Map(
    office.map(({ [which]: { filed } }, at) => [codeOf(at), { ...filing, bcp: filed }]),
  )
  const snapshot = snapshotOf({
    ...{ hospitals, submissions, overrides, policy, gmis, moves: [], round: 1, otherRounds: new Map() },
    ...{ publicFacts, questionTexts: questionTextsOf(FOUR), takenAt: new Date('2024-03-19T00:00:00Z') },
  })
  const result = select(snapshot)
  const amended = amend(result, [])
  if (!amended.ok) throw new Error('not amended')
  const ministryColumns = [...MINISTRY_COLUMN_IDS, 'q.links', 'q.kinds', 'q.map'] as const
  const register = registerOf({
    ...{ prefecture: '鹿児島県', ministryColumns, hospitals, submissions, overrides },
    lots: lotsOf(lottery),
  })
  const place = { name: '鹿児島県', kind: '県', within: '県内', own: '本県' } as const
  const reading = amendedReading(readingOf(snapshot, result, place), amended.amended)
  const { reason } = office[0]![which]
  const checks = [{ level: 'warn' as const, text: reason, href: `/admin/hospitals/${which}` }]
  const reasons = reasonsOf(reading)
  const files = await roundFiles({ reading, register, checks, questions: FOUR, lottery, reasons })
  const labels = FOUR.flatMap(({ label, shortLabel }) => [label, shortLabel])
  const classes = classesInForce([], furtherRules(labels))
  const act = { at: '2024-03-19T00:00:00.000Z', by: `login-${which}`, name: `職員${which}`, reason }
  const archive = sealArchive({
    record: {
      ...{ prefecture: '鹿児島県', round: 1, edition: 1, policyVersion: 1, freeSeatsReason: reason },
      ...{ proposed: null, confirmed: act, history: [] },
      ...{ audit: { count: 1, head: '0'.repeat(64) }, follows: [] },
    },
    ...{ snapshot, result, amendment: null, files: [...files] },
  })
  const all = [...files, { name: 'archive.json', bytes: Buffer.from(archive, 'utf8') }]
  return {
    ...{ survey: '調査', round: '初回選定', madeAt: '令和6年3月19日', ordinance: '条例' },
    ...{ wordings: SHIPPED_WORDINGS, standing: { isPublished: true, isMany: false, people: [] }, others: [] },
    bands: policy.bands,
    documents: all
      .filter(({ name }) => name !== 'ministry.cp932.csv' && name !== 'ministry.xlsx')
      .map(({ name: file, bytes }) => {
        const { id, title } = documentOfFile(file)!
        const { columns } = classes.find((each) => each.id === id)!
        return {
          ...{ id, title, columns, bytes, path: `03_確定結果/${title}`, dated: '', documentNumber: '' },
          ...{ sha256: file.length.toString(16).padStart(64, '0'), isLarge: false, note: '' },
          type: file.endsWith('.csv') ? 'csv' : file.endsWith('.xlsx') ? 'xlsx' : 'json',
        } as const
      }),
  }
}
