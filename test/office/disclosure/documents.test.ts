import { expect, test } from 'vitest'
import { parseCsv } from '../../../src/files/table/csv.ts'
import { roundDisclosure } from '../../../src/office/disclosure/set.ts'
import { AFTER_DEADLINE, decline, KO, SELECTION } from '../../support/decisions.ts'
import { unpacked } from '../../support/disclosure.ts'
import { officeWith } from '../../support/office.ts'

const office = officeWith({ now: AFTER_DEADLINE, ...SELECTION, confirmed: true })
const officer = office.officer()

/** The files of the set of the first round as it stands, its result shown. */
async function filesOfSet(): Promise<Map<string, Buffer>> {
  const { stores } = office
  const now = new Date(AFTER_DEADLINE)
  stores.publications.set(
    { round: 1, isShown: true, follows: 0 },
    { actor: 'x', at: now, reason: '決裁済み' },
  )
  const round = stores.editions.newest().find(({ number }) => number === 1)!
  const zip = await roundDisclosure(stores, stores.settings.read(), { round, lists: [], now })
  return unpacked(zip!).files
}

const jsonOf = (files: Map<string, Buffer>, name: string) =>
  JSON.parse(files.get(`03_確定結果/${name}.json`)!.toString('utf8'))
const decisionsOf = ({ results }: { results: { decision: string }[] }) =>
  new Set(results.map(({ decision }) => decision))

test('who has declined is told by no document beside another', async () => {
  const before = await filesOfSet()
  expect(decisionsOf(jsonOf(before, '選定の結果'))).toEqual(new Set(['■■', 'selected']))
  await decline(officer, KO)
  const after = await filesOfSet()
  expect(decisionsOf(jsonOf(after, '辞退を反映した結果'))).toEqual(new Set(['■■', 'selected']))
  for (const result of [jsonOf(after, '選定の結果'), jsonOf(after, '保存用一式').result])
    expect(decisionsOf(result)).toEqual(new Set(['■■']))
})

test('of the decision every line that is taken out has the grounds of its own place', async () => {
  const by = { actor: 'x', at: new Date(AFTER_DEADLINE), reason: '協議による' }
  const change = { document: 'archive.json', column: 'record.confirmed.at', grounds: ['safety'] as const }
  expect(office.stores.disclosure.decide({ ...change, follows: 0 }, by)).toBe('decided')
  const read = parseCsv((await filesOfSet()).get('02_不開示理由一覧.csv')!.toString('utf8'))
  if (!read.ok) throw new Error(read.message)
  const own = read.rows.filter(([document]) => document === '決定の記録')
  expect(own.map(([, , column, , ground]) => [column, ground])).toEqual(
    expect.arrayContaining([
      ['確定の日時', '公共安全'],
      ['確定をした職員', '個人'],
    ]),
  )
})
