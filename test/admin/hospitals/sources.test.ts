import { describe, expect, test } from 'vitest'
import type { Source } from '../../../src/domain/master/source.ts'
import { aHospital } from '../../support/builders.ts'
import { fieldsOf } from '../../support/forms.ts'
import { htmlOf, textOf } from '../../support/html.ts'
import { officeWith } from '../../support/office.ts'

const KO = '4619900014'
const office = officeWith({ hospitals: [{ key: KO, name: '甲病院', beds: 90, bedsByType: null }] })
const officer = office.officer()
const viewer = office.officer({ login: 'viewer', role: 'viewer' })

/** A source says how many beds 甲病院 has. */
const says = (source: Source, beds: number, day: string) =>
  office.stores.hospitals.import(
    {
      hospitals: [aHospital({ key: KO, name: '甲病院', beds, bedsByType: null })],
      fields: ['key', 'beds'],
      origin: { source, day },
    },
    { actor: 'officer', at: office.now(), source: `${source}.csv` },
  )
const beds = () => office.stores.hospitals.byCode(KO)!.beds
const PAGE = `/admin/hospitals/${KO}/sources`

async function choose(choice: string, typed = { reason: '許可証で確認' }) {
  const page = await officer.page(`${PAGE}?fact=beds`)
  return officer.post(PAGE, { ...fieldsOf(page, PAGE), choice, ...typed })
}

test('an older source does not overwrite the newer; both stand on the hospital’s page and in the list', async () => {
  says('bureau', 120, '2024-02-01')
  says('navii', 80, '2023-06-01')
  expect(beds()).toBe(120)
  const page = await officer.page(`/admin/hospitals/${KO}`)
  const facts = textOf(page, '#sources + dl')
  expect(facts).toContain('120床届出受理医療機関名簿（令和6年2月1日（木）現在）')
  expect(facts).toContain('医療情報ネット（令和5年6月1日（木）現在）：80床')
  expect(facts).toContain('区分が変わる（100～199床／20～99床）')
  const list = await viewer.page('/admin/hospitals/differences')
  expect(textOf(list, 'main')).toContain('選択していない項目（1件）')
  expect(textOf(list, 'main')).toContain('このうち1件は、出典によって病床規模区分が変わります')
  expect(list.querySelector(`a[href^="${PAGE}"]`)).toBeNull()
})

describe('an officer’s choice', () => {
  test('counts with its reason, and later files do not overwrite it', async () => {
    says('bureau', 120, '2024-02-01')
    says('navii', 80, '2023-06-01')
    const done = await choose('navii')
    expect([done.statusCode, beds()]).toEqual([303, 80])
    expect(textOf(await officer.page(`/admin/hospitals/${KO}`), '#sources + dl')).toContain(
      '「許可証で確認」',
    )
    says('bureau', 150, '2024-03-01')
    says('navii', 70, '2024-03-02')
    expect(beds()).toBe(80)
    const list = textOf(await officer.page('/admin/hospitals/differences'), 'main')
    expect(list).toContain('選択した後に出典が変わった')
    expect(
      office.stores.audit.all().filter(({ action }) => action === 'hospital.source-chosen'),
    ).toMatchObject([
      { subject: KO, actor: 'officer', detail: { fact: 'beds', source: 'navii', reason: '許可証で確認' } },
    ])
  })

  test('is taken back: the newest counts, and files may change it again', async () => {
    says('bureau', 120, '2024-02-01')
    says('navii', 80, '2023-06-01')
    await choose('navii')
    expect((await choose('newest')).statusCode).toBe(303)
    expect(beds()).toBe(120)
    says('bureau', 130, '2024-03-01')
    expect(beds()).toBe(130)
  })

  test('needs a source and a reason', async () => {
    says('bureau', 120, '2024-02-01')
    for (const [choice, reason, message] of [
      ['', 'x', '使う出典を選択してください'],
      ['bureau', '', '理由を入力'],
    ] as const) {
      const reply = await choose(choice, { reason })
      expect([reply.statusCode, textOf(htmlOf(reply), '.error-summary')]).toEqual([
        422,
        expect.stringContaining(message),
      ])
    }
  })
})

test('a sheet that only repeats what counts is no source; one that says otherwise is', () => {
  says('bureau', 120, '2024-02-01')
  says('sheet', 120, '2024-03-01')
  expect(office.stores.hospitals.factsOf(KO).statements.map(({ source }) => source)).toEqual(['bureau'])
  says('sheet', 125, '2024-03-02')
  expect(beds()).toBe(125)
  expect(office.stores.hospitals.factsOf(KO).statements.map(({ source }) => source)).toEqual([
    'bureau',
    'sheet',
  ])
})

test('where nothing is stated there is nothing to choose, and the page says so', async () => {
  expect(textOf(await officer.page(PAGE), 'main')).toContain('出典の記録がないため')
  expect((await viewer.get(PAGE)).statusCode).toBe(403)
  expect((await officer.get('/admin/hospitals/4699999999/sources')).statusCode).toBe(404)
})
