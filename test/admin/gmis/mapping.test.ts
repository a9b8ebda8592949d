import { describe, expect, test } from 'vitest'
import { DEFAULT_GMIS_MAPPING } from '../../../src/domain/survey/gmis-mapping.ts'
import { errorsOf, fieldsOf } from '../../support/forms.ts'
import { gmisCsv } from '../../support/gmis.ts'
import { htmlOf, type Page, textOf } from '../../support/html.ts'
import { officeWith } from '../../support/office.ts'

const KO = '4619900011'
const OTSU = '4619900029'

const office = officeWith({
  hospitals: [
    { key: KO, name: '甲病院' },
    { key: OTSU, name: '乙病院' },
  ],
  answers: [
    { hospital: KO, gmisConsent: true },
    { hospital: OTSU, gmisConsent: false },
  ],
})
const browser = office.officer()

const OTHER_YEAR = [
  '機関コード,医療機関コード,設問A（媒体）,設問B（計画）',
  `,${KO},②2つ以上,策定済み`,
  `,${OTSU},①1つ,乙だけの値`,
]

async function look(...lines: string[]) {
  await browser.get('/admin/gmis/import')
  return htmlOf(await browser.upload('/admin/gmis/import', gmisCsv(...lines)))
}

const save = (page: Page, changed: Record<string, string> = {}) =>
  browser.post('/admin/gmis/mapping', { ...fieldsOf(page, '/admin/gmis/mapping'), ...changed })

describe('a mapping that fits no column of the file', () => {
  test('is said before anything, with the way to the file’s own columns', async () => {
    const page = await look(...OTHER_YEAR)
    const banner = page.querySelector('main .banner')!
    expect(banner.textContent).toContain('設問の対応付けが、このファイルに合っていません')
    expect(banner.textContent).toContain('「Q6」（BCPの策定）')
    expect(page.querySelector('main form')).toBeNull()
    expect(banner.querySelector('a')!.getAttribute('href')).toBe('/admin/gmis/mapping?import=1')
  })

  test('is changed by choosing columns, then what their values mean, and the file is taken in', async () => {
    await look(...OTHER_YEAR)
    const columns = await browser.page('/admin/gmis/mapping?import=1')
    expect([...columns.querySelectorAll('#bcp-column option')].map((option) => option.textContent)).toEqual([
      '使わない',
      'Q6（このファイルにない列）',
      '設問A（媒体）',
      '設問B（計画）',
    ])
    const chosen = await save(columns, {
      'bcp-column': '設問B（計画）',
      'offlineBackup-column': '設問A（媒体）',
      'networkControl-column': '',
      'emr-column': '',
    })
    expect(chosen.headers.location).toBe('/admin/gmis/mapping?done=columns&import=1')

    const values = await browser.page(chosen.headers.location!)
    expect(values.body.textContent).toContain('「策定済み」（1病院）')
    expect(values.body.textContent).not.toContain('乙だけの値')
    const read = await save(values, { 'bcp-read-0': 'yes', 'offlineBackup-read-0': 'no' })
    expect(read.headers.location).toBe('/admin/gmis/import?done=mapping&import=1')

    const preview = await browser.page(read.headers.location!)
    await browser.post('/admin/gmis/import/apply', fieldsOf(preview, '/admin/gmis/import/apply'))
    expect(office.stores.gmis.all()).toEqual(
      new Map([[KO, { offlineBackup: false, bcp: true, networkControl: null }]]),
    )
    expect(office.stores.gmisMappings.current()).toMatchObject({
      version: 2,
      author: 'officer',
      mapping: { bcp: { column: '設問B（計画）', yes: ['はい', '策定済み'], no: ['いいえ'] } },
    })
    expect(office.stores.audit.all().filter(({ action }) => action === 'gmis-mapping.changed')).toHaveLength(
      2,
    )
  })
})

describe('without a file', () => {
  test('questions and values are typed, and every version stays', async () => {
    const page = await browser.page('/admin/gmis/mapping')
    const reply = await save(page, { 'bcp-column': '問3', 'bcp-yes': 'はい\r\n有り\r\n', 'bcp-no': 'なし' })
    expect(reply.headers.location).toBe('/admin/gmis/mapping?done=yes')
    const after = await browser.page(reply.headers.location!)
    expect(textOf(after, '[aria-label="設問の対応付けの変更の記録"] tbody')).toContain(
      'BCPの策定：「問3」（はい：はい、有り／いいえ：なし）',
    )
    expect(office.stores.gmisMappings.current().mapping.emr).toEqual(DEFAULT_GMIS_MAPPING.emr)
    const entry = office.stores.audit.latest(1)[0]!
    expect(entry).toMatchObject({
      action: 'gmis-mapping.changed',
      subject: 'version 1',
      detail: { before: { bcp: { column: 'Q6' } }, after: { bcp: { column: '問3' } } },
    })
  })

  test('what cannot be is refused by its field, and what was typed is kept', async () => {
    const page = await browser.page('/admin/gmis/mapping')
    const reply = await save(page, {
      'bcp-column': 'あ'.repeat(301),
      'bcp-no': 'はい',
      'offlineBackup-column': '',
      'networkControl-column': '',
    })
    expect(reply.statusCode).toBe(422)
    const errors = errorsOf(htmlOf(reply))
    expect(errors['bcp-column']).toBe('「BCPの策定」の列は300文字以内で入力してください。')
    expect(errors['bcp-no']).toContain('「はい」と「いいえ」の両方にあります')
    expect(htmlOf(reply).querySelector('#bcp-no')!.textContent).toBe('はい')
    const none = await save(page, {
      'bcp-column': '',
      'offlineBackup-column': '',
      'networkControl-column': '',
    })
    expect(errorsOf(htmlOf(none))['offlineBackup-column']).toContain('使う列がありません')
  })

  test('another officer’s change in between is not written over unseen', async () => {
    const page = await browser.page('/admin/gmis/mapping')
    const { stores } = office
    const mapping = { ...DEFAULT_GMIS_MAPPING, bcp: { ...DEFAULT_GMIS_MAPPING.bcp, column: '問1' } }
    stores.gmisMappings.save(mapping, { actor: 'kollege', at: office.now() })
    const reply = await save(page, { 'bcp-column': '問3' })
    expect(reply.statusCode).toBe(409)
    expect(htmlOf(reply).querySelector('#bcp-column')!.getAttribute('value')).toBe('問3')
    expect((await save(htmlOf(reply))).statusCode).toBe(303)
    expect(stores.gmisMappings.current().mapping.bcp.column).toBe('問3')
  })
})
