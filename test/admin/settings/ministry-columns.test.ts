import { expect, test } from 'vitest'
import { MINISTRY_COLUMN_CHOICES } from '../../../src/domain/survey/ministry-columns.ts'
import { FIRST_EDITION } from '../../support/database.ts'
import { AFTER_DEADLINE, confirm, fillSelection, sendForm } from '../../support/decisions.ts'
import { errorsOf, fieldsOf } from '../../support/forms.ts'
import { htmlOf } from '../../support/html.ts'
import { officeWith } from '../../support/office.ts'
import { signedIn } from '../../support/officer.ts'

const office = officeWith({ now: AFTER_DEADLINE })
const admin = office.officer({ role: 'admin' })

const URL = '/admin/settings/ministry'
const NONE = Object.fromEntries(MINISTRY_COLUMN_CHOICES.map(({ id }) => [`place.${id}`, '']))

test('every column is offered, with its place', async () => {
  const fields = fieldsOf(await admin.page(URL), URL)
  expect(Object.keys(fields).filter((name) => name.startsWith('place.'))).toEqual(Object.keys(NONE))
  expect([fields['place.prefecture'], fields['place.remarks']]).toEqual(['1', '19'])
  expect((await admin.page('/admin/settings')).querySelector(`a[href="${URL}"]`)).not.toBeNull()
})

test('chosen ones come in their order, in the files too, and stand on the record', async () => {
  const places = { ...NONE, 'place.name': '２', 'place.order': '1', 'place.phone': ' 10 ' }
  expect((await sendForm(admin, URL, places)).headers.location).toBe(`${URL}?done=yes`)
  expect(office.stores.settings.stored()).toMatchObject({ ministryColumns: '順位,医療機関名,電話番号' })
  const page = await admin.page(`${URL}?done=yes`)
  expect(page.querySelector('.banner--success')!.textContent).toContain('保存しました')
  const fields = fieldsOf(page, URL)
  expect([fields['place.order'], fields['place.name'], fields['place.phone']]).toEqual(['1', '2', '3'])
  fillSelection(office)
  await confirm(admin)
  const csv = (await admin.get('/admin/rounds/1/ministry.csv')).body
  expect(csv).toBe(
    '\uFEFF順位,医療機関名,電話番号\r\n1,丁病院,099-111-0003\r\n2,甲病院,099-111-0000\r\n3,乙病院,099-111-0001\r\n',
  )
  const changes = office.stores.audit.all().filter(({ action }) => action === 'settings.changed')
  expect(changes.map(({ subject }) => subject)).toContain('ministryColumns')
})

test('the default comes back with one button', async () => {
  await sendForm(admin, URL, { ...NONE, 'place.name': '1' })
  await sendForm(admin, URL, { reset: 'yes' })
  expect((await admin.page(URL)).querySelector('main')!.textContent).toContain('現在の列（19列）')
})

test.each<[string, Record<string, string>, Record<string, string>]>([
  ['none', NONE, { 'place-prefecture': '報告に載せる列を1つ以上選び、順番を入力してください。' }],
  [
    'no number',
    { ...NONE, 'place.order': '0', 'place.name': 'x' },
    {
      'place-order':
        '「順位」の順番は、1から99までの整数で入力してください。載せない列は空欄にしてください。',
      'place-name':
        '「医療機関名」の順番は、1から99までの整数で入力してください。載せない列は空欄にしてください。',
    },
  ],
  [
    'one place twice',
    { ...NONE, 'place.order': '1', 'place.name': '1' },
    { 'place-name': '「医療機関名」の順番1は、「順位」と重なっています。' },
  ],
])('%s is refused with what was typed', async (_name, typed, errors) => {
  const reply = await sendForm(admin, URL, typed)
  expect(reply.statusCode).toBe(422)
  expect(errorsOf(htmlOf(reply))).toEqual(errors)
  expect(fieldsOf(htmlOf(reply), URL)['place.name']).toBe(typed['place.name'])
  expect(office.stores.settings.stored()).toEqual(FIRST_EDITION)
})

test('is read by all, and changed by administrators', async () => {
  const officer = await signedIn(office, { login: 'tanto' })
  const page = await officer.page(URL)
  expect(page.querySelectorAll('main ol > li')).toHaveLength(19)
  expect(page.querySelector('main :is(input, button)')).toBeNull()
  expect((await officer.post(URL, { ...NONE, 'place.name': '1' })).statusCode).toBe(403)
})
