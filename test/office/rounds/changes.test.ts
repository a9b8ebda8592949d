import { describe, expect, test } from 'vitest'
import { Sealed } from '../../../src/domain/answer/sealed.ts'
import { AFTER_DEADLINE, KI, KO, OTSU, SELECTION, TEI } from '../../support/decisions.ts'
import { officeWith } from '../../support/office.ts'
import { addHospitals, saveSubmission } from '../../support/submissions.ts'

const office = officeWith({ now: AFTER_DEADLINE, ...SELECTION, confirmed: true })
const browser = office.officer()

describe('確定後の変更', () => {
  test('nothing, as long as nothing changed', async () => {
    expect((await browser.page('/admin/rounds/1')).querySelector('#changes')).toBeNull()
    expect((await browser.page('/admin')).querySelector('main')!.textContent).not.toContain('確定後の変更')
  })

  test('lists what changed, hospital by hospital, the selected first, and moves nothing', async () => {
    const { stores } = office
    const submission = stores.submissions.all().find(({ hospitalCode }) => hospitalCode === KO)!
    saveSubmission(stores, {
      hospital: KO,
      submissionId: submission.submissionId,
      phone: '099-222-2222',
      email: 'tanto0@hospital.example.jp',
    })
    stores.submissions.withdraw(
      stores.submissions.all().find(({ hospitalCode }) => hospitalCode === OTSU)!.number,
      { at: new Date(AFTER_DEADLINE), actor: 'test' },
    )
    addHospitals(stores, { key: TEI, name: '丁病院', beds: 150, phone: '099-000-0003', region: '奄美' })
    saveSubmission(stores, { hospital: KI })
    const decision = { actor: 'x', at: new Date(AFTER_DEADLINE), reason: '県が必要と認めたため' }
    stores.overrides.add({ hospitalCode: KI, kind: 'designate' }, decision)
    stores.gmis.import(
      new Map([[KO, new Sealed({ offlineBackup: false, bcp: null, networkControl: null })]]),
      {
        actor: 'x',
        at: new Date(AFTER_DEADLINE),
        source: 'test',
      },
    )
    const page = await browser.page('/admin/rounds/1')
    const rows = [...page.querySelectorAll('[aria-label="変更の内容"] tbody')].map((body) =>
      [...body.querySelectorAll('th, td')].map((cell) => cell.textContent!.trim()),
    )
    expect(rows).toEqual([
      [`丁病院${TEI}`, '選定', '二次医療圏', '鹿児島', '奄美'],
      [
        `甲病院${KO}`,
        '選定',
        '電話番号',
        '099-111-0000',
        '099-222-2222',
        'GMIS調査：オフライン・バックアップ',
        '不明',
        'いいえ',
      ],
      [`乙病院${OTSU}`, '選定', '有効な回答', 'R-0002', 'なし（取下げなど）'],
      [
        `己病院${KI}`,
        '対象外',
        '有効な回答',
        'なし',
        'R-0006',
        '県の判断',
        'なし',
        '県の指定：県が必要と認めたため',
      ],
    ])
    const todo = (await browser.page('/admin')).querySelector('.todo__item:has([href$="#changes"])')!
    expect(todo.textContent!.replace(/\s+/g, '')).toMatch(
      /^4病院初回選定の確定後の変更があります.*うち選定した病院は3病院です/,
    )
    expect((await browser.page('/admin/rounds')).querySelector('td a[href$="#changes"]')!.textContent).toBe(
      '4病院',
    )
    expect((await browser.get('/admin/rounds/1/ministry.csv')).body).not.toContain('099-222-2222')
  })
})
