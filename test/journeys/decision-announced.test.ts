import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { UNCLASSED } from '../../src/domain/disclosure/documents.ts'
import type { Archive } from '../../src/domain/selection/archive/archive.ts'
import { falsified, inFile } from '../support/archives.ts'
import { expectAccessible, startSite, type Visitor, visit } from '../support/browser.ts'
import { startCommands } from '../support/command.ts'
import { fill } from '../support/contents.ts'
import { HEI, KO, OTSU, SELECTION, TWO_BANDS } from '../support/decisions.ts'
import { rowsNaming, unpacked } from '../support/disclosure.ts'
import { askFurther, FOUR } from '../support/further.ts'
import { addOfficer, PASSWORD } from '../support/officer.ts'
import { logIn } from '../support/steps.ts'
import { saveSubmission } from '../support/submissions.ts'
import { openVerifyPage } from '../support/verify-page.ts'
import { follow, press, saved, textOn } from '../support/visitor.ts'

/**
 * The lot by a source that is announced before the deadline. 乙 and 丙 are equal in all but the lot, and the second seat of their
 * band is for one of them.
 */
const SOURCE = '第1000回全国自治宝くじの1等の当せん番号'
const [TYPED, RIGHT] = ['12組123456番', '12組123457番']
const WITNESSES = ['立会 一郎', '立会 花子']
const REASON = '末尾の数字を書き誤った'
const hospitals = SELECTION.hospitals!.map((hospital) =>
  [OTSU, HEI].includes(hospital.key as never) ? { ...hospital, beds: 80 } : hospital,
)
const nameOf = (code: string) => hospitals.find(({ key }) => key === code)!.name!

let folder: string
let site: Awaited<ReturnType<typeof startSite>>
let office: Visitor
let reader: Visitor
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'kakuho-announced-'))
  site = await startSite({ now: '2024-03-11T01:00:00Z' })
  const questions = [
    { id: 'links', kind: 'number' as const, points: 20, zeroAt: 0, fullAt: 20 },
    {
      ...{ id: 'map', kind: 'choice' as const, points: 10 },
      options: [
        { id: 'yes', value: 0 },
        { id: 'no', value: 100 },
      ],
    },
  ]
  fill(site.stores, {
    ...{ settings: { prefectureSeats: '3' }, hospitals, lot: 'announced' },
    policy: { ...TWO_BANDS, questions, tieBreak: ['beds', 'lottery'], lotterySeed: '' },
  })
  askFurther(site.stores, FOUR)
  for (const [at, { hospital }] of SELECTION.answers!.entries()) {
    const extra = { links: hospital === KO ? 20 : 7, kinds: '専用線', map: 'no', vendor: 'yes' }
    saveSubmission(site.stores, { hospital: hospital!, extra, contactName: `架空 ${at}郎` })
  }
  await addOfficer(site, { login: 'tanto' })
  office = await visit()
  reader = await visit({ width: 390 })
  await logIn(office.page, site.address, 'tanto', PASSWORD)
})
afterAll(async () => {
  await Promise.all([office.context.close(), reader.context.close()])
  await site.close()
  rmSync(folder, { recursive: true })
})

const open = ({ page }: Visitor, path: string) => page.goto(`${site.address}${path}`)
async function notice(): Promise<string> {
  await open(reader, '/')
  return textOn(reader)
}
test('the source is on the notice before the deadline, and can be entered by nobody yet', async () => {
  const { page } = office
  expect(await notice()).toContain('抽選に用いるものは、回答期限の前に、このページに掲載します')
  await open(office, '/admin/lot')
  await follow(page, '抽選に用いるものを登録する')
  await page.locator('#source').fill(SOURCE)
  await page.locator('#knownOn').fill('令和6年3月20日')
  await press(page, '登録して御案内に掲載する')
  await page.getByText('抽選に用いるものを登録しました').waitFor()
  expect(await notice()).toMatch(new RegExp(`${SOURCE}.*令和6年3月20日（水）`))
  expect(await notice()).not.toContain('立会人')
  await expectAccessible(reader.page)
  site.setNow('2024-03-19T00:00:00Z')
  await logIn(page, site.address, 'tanto', PASSWORD)
  await open(office, '/admin/lot')
  expect(await textOn(office)).toContain('令和6年3月20日（水）に公表されます')
  await open(office, '/admin/selection/confirm')
  expect(await textOn(office)).toContain('抽選をまだ実施していません')
})

test('its value is entered by two witnesses, and what was typed wrong is put right with a reason', async () => {
  const { page } = office
  site.setNow('2024-03-20T02:00:00Z')
  await logIn(page, site.address, 'tanto', PASSWORD)
  await open(office, '/admin/lot')
  await follow(page, '公表された結果の入力へ')
  await page.locator('#value').fill(TYPED)
  for (const [at, name] of WITNESSES.entries()) await page.locator(`#witness${at + 1}`).fill(name)
  await press(page, 'この結果で順番を決める')
  await page.getByText('抽選を実施しました').first().waitFor()
  expect(await notice()).toMatch(new RegExp(`${SOURCE}.*${TYPED}.*${WITNESSES.join('、')}`))

  await open(office, '/admin/lot')
  await follow(page, '公表された結果を訂正する')
  await page.locator('#value').fill(RIGHT)
  await press(page, '結果を訂正する')
  expect(await textOn(office, '.error-summary')).toContain('理由')
  await page.locator('#reason').fill(REASON)
  await press(page, '結果を訂正する')
  await page.getByText('公表された結果を訂正しました').first().waitFor()
  await expectAccessible(page)
  const read = await notice()
  expect(read).toMatch(new RegExp(`公表された結果 ${RIGHT} 立会人 ${WITNESSES.join('、')}`))
  expect(read).toMatch(new RegExp(`入力の訂正 令和6年3月20日.*訂正前：${TYPED}.*${REASON}`))
  await expectAccessible(reader.page)
})

test('the round is confirmed with it, and its archive tells both values and is verified', async () => {
  const { page } = office
  await open(office, '/admin/selection/confirm')
  await press(page, '初回選定を確定する')
  await page.getByRole('heading', { name: '初回選定を確定しました' }).waitFor()
  await open(office, '/admin/lot/correction?round=1')
  expect(await textOn(office)).toContain('選定が確定したため、訂正できません')
  await open(office, '/admin/rounds/1')
  await page.getByText('検証用のファイルと、改ざんがないことの確認').click()
  const offline = await openVerifyPage((await saved(office, '検証用のページ', folder)).path)
  const { bytes } = await saved(office, /^保存用一式/, folder)
  const commands = startCommands()
  const both = async (name: string, archive: Buffer) => {
    const { out, error } = await commands.run(['verify', commands.file('archive.json', archive)])
    const shown = await offline.check(name, archive)
    expect(`${out}${error}`).toContain(shown)
    return shown
  }
  expect(await both('保存用一式.json', bytes)).toMatch(/^一致：第1回、第1版。/)
  const archive: Archive = JSON.parse(bytes.toString('utf8'))
  const lottery = JSON.parse(archive.files.find(({ name }) => name === 'lottery.json')!.content)
  expect(lottery).toMatchObject({
    ...{ method: 'announced', source: SOURCE, value: RIGHT, witnesses: WITNESSES },
    seed: `announced:${SOURCE}:${RIGHT}`,
    corrections: [{ by: 'tanto', from: TYPED, reason: REASON }],
  })
  expect(archive.snapshot.policy.lotterySeed).toBe(lottery.seed)

  const changes = {
    value: inFile<{ value: string }>('lottery.json', (draw) => Object.assign(draw, { value: TYPED })),
    source: inFile<{ source: string }>('lottery.json', (draw) => Object.assign(draw, { source: '第999回' })),
  }
  for (const [what, change] of Object.entries(changes))
    for (const isResealed of [false, true]) {
      const shown = await both(`${what}${isResealed}.json`, falsified(bytes, change, { isResealed }))
      expect(shown).toMatch(/^不一致：.*lottery\.json/)
    }
  await offline.visitor.context.close()
  commands.remove()
})

test('the draw is published with its witnesses; what is handed to a citizen leaves persons and reasons out', async () => {
  const { page } = office
  await open(office, '/admin/lot?round=1')
  await follow(page, '公開の確認へ')
  await press(page, '抽選の結果を公開する')
  await page.getByText('抽選の結果を公開しました').waitFor()
  await open(reader, '/lot')
  const read = await textOn(reader)
  for (const text of [SOURCE, RIGHT, TYPED, REASON, ...WITNESSES, `announced:${SOURCE}:${RIGHT}`])
    expect(read).toContain(text)
  for (const { name } of hospitals) expect(read).not.toContain(name)

  await open(office, '/admin/disclosure')
  const { files, bytes } = unpacked((await saved(office, /一式を作成する/, folder)).bytes)
  expect(files.get('02_不開示理由一覧.csv')!.toString('utf8')).not.toContain(UNCLASSED.note)
  const drawn = files.get('03_確定結果/抽選の記録.json')!.toString('utf8')
  for (const text of [SOURCE, RIGHT, TYPED]) expect(drawn).toContain(text)
  for (const [name, content] of bytes)
    for (const secret of [...WITNESSES, REASON, '試験 tanto', '架空 0郎', '専用線'])
      expect([name, secret, content.toString('utf8').includes(secret)]).toEqual([name, secret, false])
  for (const [name, content] of files)
    for (const row of rowsNaming(name, content, [OTSU, HEI, nameOf(OTSU), nameOf(HEI)]))
      expect([name, row]).toEqual([name, expect.not.stringMatching(/補欠|waitlisted|第\d+位|"score":\d/)])
  expect([office.complaints, reader.complaints]).toEqual([[], []])
})
