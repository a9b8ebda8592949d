import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { startCommands } from '../support/command.ts'
import { chooseLot } from '../support/contents.ts'
import { addHospitals, saveSubmission } from '../support/submissions.ts'

const CLOSES_AT = new Date('2024-03-18T15:00:00Z')
const BEFORE = { actor: 'x', at: new Date('2024-03-10T00:00:00Z') }
const ANNOUNCED = ['draw', '--method', 'announced', '--value', '12345', '--witness', '甲', '--witness', '乙']

let commands: ReturnType<typeof startCommands>
const begin = (now: string, method: 'receipts' | 'announced', knownOn?: string) => {
  commands = startCommands({ now })
  commands.stored((stores) => {
    stores.settings.change({ opensAt: '2024-03-08', closesAt: '2024-03-18' }, BEFORE)
    addHospitals(stores, {})
    saveSubmission(stores)
    chooseLot(stores, method)
    const seen = { method, closesAt: CLOSES_AT, announcement: null }
    if (knownOn) stores.lots.announce({ source: '宝くじ', knownOn }, seen, BEFORE)
  })
}
afterEach(() => commands.remove())

describe('draw --method receipts', () => {
  beforeEach(() => begin('2024-03-19T00:00:00Z', 'receipts'))

  test('draws once, as the page does', async () => {
    const drawn = await commands.run(['draw', '--method', 'receipts'])
    expect([drawn.code, drawn.error]).toEqual([0, ''])
    const { seed } = commands.stored(({ lots }) => lots.draws()[0]!.lottery)
    expect(drawn.out).toBe(`抽選を実施しました（くじ番号 1件）。抽選に用いる文字列：${seed}`)
    const again = await commands.run(['draw', '--method', 'receipts'])
    expect([again.code, again.error]).toEqual([2, '抽選は既に実施されています。やり直すことはできません。'])
    expect(commands.stored(({ audit }) => audit.latest(1))).toMatchObject([
      { action: 'lot.drawn', actor: 'cli', subject: 'round 1' },
    ])
  })

  test('then the deadline cannot be set, and the seed never can', async () => {
    await commands.run(['draw', '--method', 'receipts'])
    const later = await commands.run(['settings', 'set', 'closesAt=2024-03-25', 'regionFloor=2'])
    expect([later.code, later.error]).toEqual([2, expect.stringContaining('closesAt：初回選定')])
    expect(commands.stored(({ policies }) => policies.current().version)).toBe(0)
    const seed = await commands.run(['settings', 'set', 'lotterySeed=x'])
    expect([seed.code, seed.error]).toEqual([2, expect.stringContaining('lotterySeed：')])
  })

  test.each([
    [['draw'], '--method には'],
    [['draw', '--method', 'text'], '--method には'],
    [['draw', '--method'], '値を指定してください'],
    [['draw', '--seed', 'x'], 'この指定はありません'],
    [ANNOUNCED, '抽選の方法は「receipts」'],
    [['draw', '--method', 'receipts', '--value', '1'], '--method announced のときだけ'],
  ])('%j is refused in one line', async (args, message) => {
    const { code, error, errorLines } = await commands.run(args)
    expect([code, error, errorLines]).toEqual([2, expect.stringContaining(message), 1])
    expect(commands.stored(({ lots }) => lots.draws())).toEqual([])
  })
})

describe('draw --method announced', () => {
  test('takes the value and the witnesses from the day on', async () => {
    begin('2024-03-19T00:00:00Z', 'announced', '2024-03-19')
    const drawn = await commands.run(ANNOUNCED)
    expect([drawn.code, drawn.error]).toEqual([0, ''])
    expect(commands.stored(({ lots }) => lots.draws()[0]!.lottery)).toMatchObject({
      seed: 'announced:宝くじ:12345',
      witnesses: ['甲', '乙'],
    })
  })

  test.each([
    [[], '--value：公表された結果を入力してください。 ／ --witness：立会人（1人目）を入力してください。'],
    [['--value', '1', '--witness', '甲', '--witness', '甲'], '別の人'],
    [['--value', '1', '--witness', '甲', '--witness', '乙', '--witness', '丙'], '立会人は2人です'],
  ])('%j names what is wrong', async (args, message) => {
    begin('2024-03-19T00:00:00Z', 'announced', '2024-03-19')
    const { code, error } = await commands.run(['draw', '--method', 'announced', ...args])
    expect([code, error]).toEqual([2, expect.stringContaining(message)])
  })

  test.each([
    ['2024-03-18T00:00:00Z', '2024-03-19', '回答期限（令和6年3月18日（月）24時）の後に'],
    ['2024-03-19T00:00:00Z', '2024-03-20', '結果が公表される日（令和6年3月20日（水））から'],
    ['2024-03-19T00:00:00Z', undefined, '登録されませんでした'],
  ])('at %s with a source known on %s it is not the time', async (now, knownOn, message) => {
    begin(now, 'announced', knownOn)
    const { code, error } = await commands.run(ANNOUNCED)
    expect([code, error]).toEqual([2, expect.stringContaining(message)])
  })
})

test('a text that reads as a draw is not taken where the text is typed', async () => {
  commands = startCommands({ now: '2024-03-10T00:00:00Z' })
  commands.stored((stores) => chooseLot(stores, 'text'))
  const set = await commands.run(['settings', 'set', 'lotterySeed=announced:宝くじ:1', 'regionFloor=2'])
  expect([set.code, set.error]).toEqual([2, expect.stringContaining('lotterySeed：「announced:」で始まる')])
  expect(commands.stored(({ policies }) => policies.current().version)).toBe(0)
})
