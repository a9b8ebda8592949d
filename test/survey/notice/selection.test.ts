import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { seedOf } from '../../../src/domain/lot/lottery.ts'
import { HOSPITAL_FUNCTIONS } from '../../../src/domain/master/hospital.ts'
import { amend } from '../../../src/domain/selection/amendment.ts'
import { bandLabel } from '../../../src/domain/selection/bands.ts'
import { CRITERIA, type CriterionId } from '../../../src/domain/selection/policy.ts'
import { select } from '../../../src/domain/selection/select.ts'
import { parseSnapshot, type Snapshot } from '../../../src/domain/selection/snapshot.ts'
import { compareText } from '../../../src/domain/text/text-order.ts'
import { officeWith } from '../../support/office.ts'

const DOCUMENT = readFileSync(new URL('../../../docs/selection-in-plain-words.md', import.meta.url), 'utf8')

const idOf = (choices: readonly { id: string; label: string }[], wanted: string) =>
  choices.find(({ label }) => label === wanted)!.id

/** The rows of a table of the document, by the headings of its columns. */
function tableWith(heading: string): Record<string, string>[] {
  const lines = DOCUMENT.split('\n').filter((line) => line.startsWith('|'))
  const from = lines.findIndex((line) => line.startsWith(`| ${heading} |`))
  const cells = (line: string) =>
    line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim())
  const keys = cells(lines[from]!)
  const rows = lines.slice(from + 2)
  const end = rows.findIndex((line) => line.includes('---'))
  return rows
    .slice(0, end < 0 ? rows.length : end - 1)
    .map((line) => Object.fromEntries(cells(line).map((cell, index) => [keys[index]!, cell])))
}

describe('the worked example of docs/selection-in-plain-words.md is what the engine says', () => {
  const hospitals = tableWith('番号')
  const rules = tableWith('観点')
  const [, small, large] = /20～99床の支援枠は(\d)、100～199床の支援枠は(\d)/.exec(DOCUMENT)!
  const list = hospitals
    .map((row) => ({ number: row.受付番号!, lot: row.くじ番号! }))
    .sort((a, b) => compareText(a.number, b.number))
  const lotterySeed = seedOf({ method: 'receipts', list })
  const snapshot = snapshotOf({
    format: 'kakuho.snapshot/1',
    round: 1,
    takenAt: '2024-03-19T00:00:00.000Z',
    policy: {
      supportPeriodEnd: '2025-03',
      bands: [
        { id: '20-99', min: 20, max: 99, seats: Number(small) },
        { id: '100-199', min: 100, max: 199, seats: Number(large) },
      ],
      regionFloor: Number(/確保枠は、二次医療圏ごとに(\d)病院/.exec(DOCUMENT)![1]),
      shortfall: 'leave',
      unknownValue: 50,
      criteria: Object.fromEntries(rules.map((row) => [idOf(CRITERIA, row.観点!), Number(row.配点)])),
      tieBreak: ['beds', 'lottery'],
      lotterySeed,
    },
    candidates: hospitals.map((row) => ({
      code: row.番号,
      name: row.病院,
      region: row.医療圏,
      beds: Number(row.病床数),
      functions: row.医療機能!.split('、').map((label) => idOf(HOSPITAL_FUNCTIONS, label)),
      inspection: 'unknown',
      submission: {
        emr: 'full',
        emrPlannedMonth: null,
        intent: 'both',
        gmisConsent: false,
        submittedAt: '2024-03-11T02:00:00.000Z',
      },
      gmis: null,
      override: null,
    })),
  })
  const result = select(snapshot)
  const nameOf = (code: string) => hospitals.find((row) => row.番号 === code)!.病院!
  const lineOf = (name: string) => result.results.find(({ code }) => nameOf(code) === name)!

  test('six hospitals, and the rank, the points, the band and the result of each', () => {
    const told = tableWith('順位')
    expect(hospitals).toHaveLength(6)
    expect(told.map((row) => row.病院)).toEqual(result.results.map(({ code }) => nameOf(code)))
    for (const row of told) {
      const line = lineOf(row.病院!)
      const outcome =
        line.decision === 'waitlisted'
          ? `補欠第${line.waitlistPosition}位`
          : line.basis === 'region_floor'
            ? '選定（医療圏の確保枠）'
            : '選定'
      expect(row).toEqual({
        順位: String(line.rank),
        病院: row.病院,
        点数: String(line.score / 100),
        病床規模区分: bandLabel(snapshot.policy.bands.find(({ id }) => id === line.band)!),
        結果: outcome,
      })
    }
  })

  test('the values of the table of points', () => {
    const values = (label: string) =>
      Object.fromEntries(
        [...rules.find((row) => row.観点 === label)!.評価値!.matchAll(/([^、\d]+)(\d+)/g)].map(
          ([, name, value]) => [name, Number(value)],
        ),
      )
    for (const label of ['救急医療', '災害医療', 'へき地医療']) {
      const id = idOf(CRITERIA, label) as CriterionId
      for (const row of hospitals) {
        const known = Object.entries(values(label)).find(([name]) => row.医療機能!.includes(name))
        expect([row.病院, lineOf(row.病院!).values[id]]).toEqual([row.病院, known?.[1] ?? values(label).ほか])
      }
    }
  })

  test('the steps: the text of the lot, who is tied, in which order they are supported, and who moves up', () => {
    expect(DOCUMENT).toContain(`\`${lotterySeed}\``)
    expect(DOCUMENT).toContain('いずみ病院とうみの病院は、28点、60床でどちらも同じです')
    const order = result.results.filter(({ order }) => order !== null).sort((a, b) => a.order! - b.order!)
    expect(DOCUMENT).toContain(
      `支援順位は、${order.map(({ code }) => nameOf(code)).join('、')}の順に、1から${order.length}まで`,
    )
    const tied = result.results.filter(({ score }) => score === 2800)
    expect(DOCUMENT).toContain(
      `抽選により、${tied.map(({ code, rank }) => `${nameOf(code)}が第${rank}位`).join('、')}`,
    )
    const declined = amend(result, [{ code: '1', reason: '辞退' }])
    const promoted = declined.ok ? declined.amended.amendments[0]!.promoted! : ''
    expect(DOCUMENT).toContain(
      `あおば病院が辞退すると、同じ20～99床の補欠第1位の${nameOf(promoted)}が繰り上がります`,
    )
  })
})

function snapshotOf(input: object): Snapshot {
  const parsed = parseSnapshot(input)
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems))
  return parsed.snapshot
}

describe('GET /selection', () => {
  const office = officeWith()

  test('shows it as a page, linked from the notice', async () => {
    const reply = await office.app.inject({ url: '/selection' })
    expect(reply.statusCode).toBe(200)
    expect(reply.body).toContain('<h1 class="page-title">選定の方法</h1>')
    expect(reply.body).toContain('うみの病院')
    // An officer may show them with the result.
    expect(reply.body).toContain('自院の点数と、同じ病床規模区分で選定された病院の最も低い点数もお知らせする')
    expect(reply.body.match(/<th scope="row">/g)).toHaveLength(15)
    expect((await office.app.inject({ url: '/' })).body).toContain('href="/selection"')
  })

  test('says nothing of the prefecture’s own policy, and names no prefecture', async () => {
    const { body } = await office.app.inject({ url: '/selection' })
    const [, main] = /<div class="plain-words">(.*?)<\/div>\n<p/s.exec(body)!
    expect(main).not.toMatch(/鹿児島|(?<!都道府)県/)
  })
})
