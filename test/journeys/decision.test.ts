import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { UNCLASSED } from '../../src/domain/disclosure/documents.ts'
import type { Archive } from '../../src/domain/selection/archive/archive.ts'
import type { SelectionResult } from '../../src/domain/selection/result.ts'
import { select } from '../../src/domain/selection/select.ts'
import { falsified, inFile } from '../support/archives.ts'
import { expectAccessible, startSite, type Visitor, visit } from '../support/browser.ts'
import { aForm } from '../support/builders.ts'
import { startCommands } from '../support/command.ts'
import { fill } from '../support/contents.ts'
import { AFTER_DEADLINE, BO, HEI, KI, KO, OTSU, SELECTION, TEI, TWO_BANDS } from '../support/decisions.ts'
import { rowsNaming, unpacked } from '../support/disclosure.ts'
import { formPost, htmlOf, textOf } from '../support/html.ts'
import { addOfficer, PASSWORD } from '../support/officer.ts'
import { logIn, send } from '../support/steps.ts'
import { openVerifyPage } from '../support/verify-page.ts'
import { follow, press, saved, textOn } from '../support/visitor.ts'

/**
 * An edition that asks four things more, and a cut that only the lot decides: from the questions to what a citizen is handed.
 * 乙 and 丙 are equal in all but the lot, and the second seat of their band is for one of them.
 */
const QUESTIONS = [
  { label: '外部接続点の数', kind: '数字', unit: 'か所' },
  { label: '外部接続点の種類', kind: '文章' },
  { label: 'ネットワーク構成図の有無', kind: '選択肢', options: 'あり\nなし' },
  { label: '保守事業者の協力', kind: '選択肢', options: '見込みがある\n見込みがない' },
] as const

/** By hospital: how many, drawn up or not, helps or not. The points are such that each score is a number of its own. */
const ANSWERS: [hospital: string, links: number, diagram: 'o1' | 'o2', vendor: 'o1' | 'o2'][] = [
  [KO, 97, 'o2', 'o1'],
  [OTSU, 41, 'o2', 'o1'],
  [HEI, 41, 'o2', 'o1'],
  [TEI, 60, 'o1', 'o1'],
  [BO, 7, 'o2', 'o1'],
  [KI, 90, 'o2', 'o2'],
]
const KIND = '架空社製のVPN装置'
const BEDS: Record<string, number> = { [OTSU]: 80, [HEI]: 80 }
const hospitals = SELECTION.hospitals!.map((hospital, at) => ({
  ...hospital,
  beds: BEDS[hospital.key!] ?? hospital.beds!,
  inspection: [KO, TEI].includes(hospital.key as never) ? ('insufficient' as const) : ('good' as const),
  email: `daihyo${at}@hospital.example.jp`,
}))
const nameOf = (code: string) => hospitals.find(({ key }) => key === code)!.name!

let folder: string
let site: Awaited<ReturnType<typeof startSite>>
let office: Visitor
let reader: Visitor
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'kakuho-decision-'))
  site = await startSite({ now: '2024-03-04T01:00:00Z' })
  fill(site.stores, {
    ...{ settings: { prefectureSeats: '3' }, hospitals },
    policy: { ...TWO_BANDS, criteria: { inspection: 10 }, tieBreak: ['beds', 'lottery'], lotterySeed: '' },
  })
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
test('four questions are asked, and the lot is by the receipts', async () => {
  const { page } = office
  for (const [at, { label, kind, ...more }] of QUESTIONS.entries()) {
    await open(office, '/admin/questions')
    await follow(page, '質問を追加する')
    await page.locator('#label').fill(label)
    await page.getByRole('radio', { name: kind }).check()
    await page.getByLabel(at === 1 ? '任意とする' : '必ず回答してもらう').check()
    if ('unit' in more) await page.locator('#unit').fill(more.unit)
    if ('options' in more) await page.locator('#newOptions').fill(more.options)
    await press(page, '保存する')
    await page.getByText('質問を追加しました').waitFor()
  }
  await expectAccessible(page)
  await open(office, '/admin/lot')
  await follow(page, '抽選の方法を変更する')
  await page.locator('input[name="method"][value="receipts"]').check()
  await press(page, 'この方法にする')
  await page.getByText('抽選の方法を変更しました').waitFor()
})

test('hospitals answer them; a receipt has its くじ番号', async () => {
  site.setNow('2024-03-11T01:00:00Z')
  const { page } = reader
  await open(reader, '/survey')
  await page.locator('#hospitalCode').selectOption(KO)
  await page.getByLabel('担当者名').fill('架空 花子')
  await page.locator('#phone').fill('099-111-0000')
  await page.locator('#email').fill('hanako@hospital.example.jp')
  for (const [name, value] of Object.entries({ emr: 'full', intent: 'both', gmisConsent: 'no' }))
    await page.locator(`input[name="${name}"][value="${value}"]`).check()
  await page.getByLabel('外部接続点の種類').fill(KIND)
  await press(page, '確認画面へ進む')
  expect(await textOn(reader, '.error-summary')).toMatch(/外部接続点の数.*ネットワーク構成図の有無/)
  await page.getByLabel('外部接続点の数').fill('９７')
  await page
    .getByRole('radiogroup', { name: /構成図/ })
    .getByLabel('なし')
    .check()
  await page.getByRole('radiogroup', { name: /協力/ }).getByLabel('見込みがある').check()
  await press(page, '確認画面へ進む')
  await page.getByRole('heading', { name: '回答内容の確認' }).waitFor()
  expect(await textOn(reader)).toMatch(/97か所.*架空社製のVPN装置.*なし.*見込みがある/)
  await send(page)
  expect(await textOn(reader)).toMatch(/くじ番号 \d{3}/)
  await expectAccessible(page)

  for (const [at, [hospitalCode, links, diagram, vendor]] of ANSWERS.entries()) {
    if (hospitalCode === KO) continue
    const contact = {
      ...{ contactName: `架空 ${nameOf(hospitalCode).charAt(0)}太郎`, phone: `099-111-000${at}` },
      ...{ email: `tanto${at}@hospital.example.jp`, remarks: `備考${at}のとおり`, gmisConsent: 'no' },
    }
    const further = { 'q.q1': String(links), 'q.q2': `${KIND}${at}`, 'q.q3': diagram, 'q.q4': vendor }
    const form = { ...aForm({ hospitalCode, ...contact }), ...further }
    const reply = await site.app.inject(formPost('/survey', form))
    expect([reply.statusCode, textOf(htmlOf(reply), '.error-summary')]).toEqual([303, ''])
  }
  expect(site.stores.submissions.all().map(({ answers }) => answers.extra.q1)).toEqual(
    ANSWERS.map(([, links]) => links),
  )
})

test('the criteria give points for them, and two hospitals hang on the lot until it is drawn', async () => {
  const { page } = office
  site.setNow(AFTER_DEADLINE)
  await logIn(page, site.address, 'tanto', PASSWORD)
  await open(office, '/admin/policy')
  for (const [id, text] of Object.entries({
    ...{ 'points.q.q1': '37', 'zeroAt.q.q1': '0', 'fullAt.q.q1': '97' },
    ...{ 'points.q.q3': '13', 'value.q.q3.o1': '0', 'value.q.q3.o2': '100', note: '質問に配点する' },
  }))
    await page.locator(`[id="${id}"]`).fill(text)
  await page.locator('[id="ineligible.q.q4.o2"]').check()
  await press(page, '新しい版として保存する')
  await page.locator('.done, .banner--success').first().waitFor()

  await open(office, '/admin/selection')
  expect(await textOn(office)).toContain('抽選だけで決まる病院（抽選前） 2病院')
  const onLot = await textOn(office, '#on-lot')
  expect([KO, OTSU, HEI, TEI, BO, KI].filter((code) => onLot.includes(nameOf(code)))).toEqual([OTSU, HEI])
  await open(office, '/admin/selection/confirm')
  expect(await textOn(office)).toContain('抽選をまだ実施していません')

  await open(office, '/admin/lot')
  await follow(page, '抽選の実施へ')
  expect(await textOn(office)).toContain('6件')
  await press(page, '抽選を実施する')
  await page.getByText('抽選を実施しました').first().waitFor()
  await expectAccessible(page)
})

const byLot = () => {
  const { seed } = site.stores.lots.draws()[0]!.lottery
  const hash = (code: string) => createHash('sha256').update(`${seed}:${code}`).digest('hex')
  return [OTSU, HEI].toSorted((a, b) => (hash(a) < hash(b) ? -1 : 1))
}

test('the round is confirmed as the lot says, and shown with the points', async () => {
  const { page } = office
  await open(office, '/admin/selection/confirm')
  await press(page, '初回選定を確定する')
  await page.getByRole('heading', { name: '初回選定を確定しました' }).waitFor()
  const [first, last] = byLot()
  const decisions = new Map(result().results.map(({ code, decision }) => [code, decision]))
  expect([KO, first!, last!, TEI, BO, KI].map((code) => decisions.get(code))).toEqual([
    ...['selected', 'selected', 'waitlisted', 'selected', 'waitlisted', 'ineligible'],
  ])
  await open(office, '/admin/rounds/1/publication')
  await page.locator('input[name="points"]').check()
  await page.locator('#reason').fill('決裁済みのため')
  await press(page, '病院に結果を表示する')
  await page.getByText('表示しています').first().waitFor()
  await open(office, '/admin/lot?round=1')
  await follow(page, '公開の確認へ')
  await press(page, '抽選の結果を公開する')
  await page.getByText('抽選の結果を公開しました').waitFor()
})

const result = (): SelectionResult => JSON.parse(frozen('result.json'))
const frozen = (name: string) => {
  const round = site.stores.editions.newestOf(1)!
  return site.stores.editions.file(round, name)!.bytes.toString('utf8')
}

test('anybody computes the seed from /lot, and a receipt says why and how many points', async () => {
  const { page } = reader
  await open(reader, '/')
  await page.locator('main a[href="/lot"]').first().click()
  await expectAccessible(page)
  const cells = await page
    .locator('.lot__table tbody tr')
    .evaluateAll((rows) => rows.map((row) => [...row.children].map(({ textContent }) => textContent)))
  expect(cells).toHaveLength(6)
  const lines = cells.map(([number, lot]) => `${number}:${lot}\n`).join('')
  const seed = `receipts:${createHash('sha256').update(lines).digest('hex')}`
  expect(await textOn(reader, '.lot__seed')).toBe(seed)
  for (const { name } of hospitals) expect(await page.content()).not.toContain(name)

  const [first, last] = byLot()
  const outcomeOf = async (code: string) => {
    const { number, code: key } = site.stores.submissions.currentOf(code)!
    await open(reader, `/receipts/${number}/${key}`)
    return textOn(reader, '.outcome')
  }
  const points = (code: string) => (scoreOf(code) / 100).toFixed(2)
  const cut = `貴院の点数は${points(last!)}点、同じ病床規模区分（20～99床）で選定された病院の最も低い点数は${points(first!)}点`
  const waiting = await outcomeOf(last!)
  expect(waiting).toMatch(/補欠.*抽選/)
  expect(waiting).toContain(cut)
  expect(await outcomeOf(first!)).toContain('選定')
  expect(await outcomeOf(KI)).toMatch(/保守事業者の協力/)
  expect(await outcomeOf(KI)).not.toContain('点数は')
})

const scoreOf = (code: string) => result().results.find((row) => row.code === code)!.score

test('its archive is verified by the command and offline in a browser; what is changed is named by both', async () => {
  await open(office, '/admin/rounds/1')
  await office.page.getByText('検証用のファイルと、改ざんがないことの確認').click()
  const page = await saved(office, '検証用のページ', folder)
  const { bytes } = await saved(office, /^保存用一式/, folder)
  const offline = await openVerifyPage(page.path)
  const commands = startCommands({ now: AFTER_DEADLINE })
  const both = async (name: string, archive: Buffer) => {
    const { out, error } = await commands.run(['verify', commands.file('archive.json', archive)])
    const shown = await offline.check(name, archive)
    expect(`${out}${error}`).toContain(shown)
    return shown
  }
  expect(await both('保存用一式.json', bytes)).toMatch(/^一致：第1回、第1版。/)

  const { list } = JSON.parse(frozen('lottery.json')) as { list: { number: string; lot: string }[] }
  const { number, lot } = list[2]!
  const [third] = byLot()
  const at = (archive: Archive, code: string) =>
    archive.snapshot.candidates.findIndex((each) => each.code === code)
  const otherAnswer = ({ snapshot }: Archive) => {
    const { submission } = snapshot.candidates.find(({ code }) => code === third)!
    Object.assign(submission!.extra!, { q1: 42 })
    return snapshot
  }
  const changes: [what: string, named: string[], change: (archive: Archive) => unknown][] = [
    [
      'くじ番号',
      ['lottery.json', number, lot],
      inFile<{ list: typeof list }>('lottery.json', (lottery) => {
        lottery.list[2]!.lot = lot === '500' ? '501' : '500'
      }),
    ],
    [
      '質問の回答',
      ['snapshot.candidates[', 'extra', '41', nameOf(third!)],
      (archive) => otherAnswer(archive),
    ],
    [
      '質問の回答と選定の結果',
      ['extra', '41', '42', nameOf(third!)],
      (archive) => Object.assign(archive, { result: select(otherAnswer(archive)) }),
    ],
    ['結果の行', ['result.results[', '行がありません'], ({ result }) => (result.results as unknown[]).pop()],
    [
      '台帳の行',
      ['register.json', nameOf(BO), '行がありません'],
      inFile<{ entries: { hospital: { code: string } }[] }>('register.json', ({ entries }) =>
        entries.splice(
          entries.findIndex(({ hospital }) => hospital.code === BO),
          1,
        ),
      ),
    ],
    [
      '入力の行',
      [nameOf(third!)],
      (archive) => (archive.snapshot.candidates as unknown[]).splice(at(archive, third!), 1),
    ],
    [
      '入力の行と選定の結果',
      [nameOf(third!)],
      (archive) => {
        ;(archive.snapshot.candidates as unknown[]).splice(at(archive, third!), 1)
        Object.assign(archive, { result: select(archive.snapshot) })
      },
    ],
  ]
  for (const [what, named, change] of changes)
    for (const isResealed of [false, true]) {
      const shown = await both(`${what}${isResealed}.json`, falsified(bytes, change, { isResealed }))
      expect(shown).toMatch(/^不一致：/)
      for (const part of named)
        expect([what, isResealed, shown]).toEqual([what, isResealed, expect.stringContaining(part)])
    }
  expect(offline.asked).toEqual([offline.visitor.page.url()])
  expect(offline.visitor.complaints).toEqual([])
  await offline.visitor.context.close()
  commands.remove()
})

test('what is handed to a citizen has all of it, and no person, score, weakness or answer', async () => {
  await open(office, '/admin/disclosure')
  const { files, bytes } = unpacked((await saved(office, /一式を作成する/, folder)).bytes)
  for (const title of ['抽選の記録', '追加の質問', '選定の理由', '開示の区分'])
    expect([...files.keys()]).toContain(`03_確定結果/${title}.json`)
  const read = [...files].find(([name]) => /^05_.*公平性.*\.csv$/.test(name))
  expect(read?.[1].toString('utf8')).toContain('20～99床')

  expect(files.get('02_不開示理由一覧.csv')!.toString('utf8')).not.toContain(UNCLASSED.note)
  const secrets = [
    '試験 tanto',
    'tanto',
    KIND,
    '決裁済みのため',
    'hospital.example.jp',
    '架空 花子',
    ...scoresOf(),
  ]
  for (const { answers } of site.stores.submissions.all())
    secrets.push(
      answers.contactName,
      answers.phone,
      answers.email,
      ...(answers.remarks ? [answers.remarks] : []),
    )
  for (const { phone } of hospitals) secrets.push(phone!)
  for (const [name, content] of bytes) {
    const text = content.toString('utf8')
    for (const secret of secrets)
      expect([name, secret, new RegExp(`(?<![\\d.])${RegExp.escape(secret)}(?!\\d)`).test(text)]).toEqual([
        name,
        secret,
        false,
      ])
  }
  // Who is named beside a word or a number that would say how well it guards itself, or how it was valued.
  let named = 0
  for (const [name, content] of files)
    for (const row of rowsNaming(
      name,
      content,
      hospitals.flatMap(({ key, name }) => [key!, name!]),
    )) {
      named += 1
      expect([name, row]).toEqual([
        name,
        expect.not.stringMatching(
          /insufficient|不十分|"good"|良好|見込みがない|第\d+位|R-\d{4}|waitlisted|補欠/,
        ),
      ])
    }
  expect(named).toBeGreaterThan(40)
  expect([office.complaints, reader.complaints]).toEqual([[], []])
})

/** Every score and every value as it is written anywhere. */
function scoresOf(): string[] {
  const scores = result()
    .results.filter(({ score }) => score > 0)
    .map(({ score }) => score)
  return [...new Set(scores.flatMap((score) => [String(score), (score / 100).toFixed(2)]))]
}
