import { expect, test } from 'vitest'
import { textIn, textOf } from '../../support/html.ts'
import { officeWith } from '../../support/office.ts'
import { addHospitals } from '../../support/submissions.ts'

const office = officeWith({ now: '2024-03-11T03:00:00Z' })
const browser = office.officer({ role: 'viewer' })

function made(at: string): void {
  const detail = { answers: 12, entries: 3, head: 'a', sha256: 'b' }
  office.stores.audit.append({
    at: new Date(at),
    actor: 'cli',
    action: 'backup.made',
    subject: 'x.tar',
    detail,
  })
}
const changed = (at: string) =>
  office.stores.settings.change({ contactSection: `医療係${at}` }, { actor: 'test', at: new Date(at) })
const told = async () =>
  /バックアップ\s*が\s*(\d+)日間/.exec(textIn((await browser.page('/admin')).querySelector('main')!))?.[1]

test('days without a backup are told to whoever can ask for one', async () => {
  addHospitals(office.stores)
  // The master of the tests is of the 1st.
  expect(await told()).toBe('10')
  made('2024-03-05T00:00:00Z')
  // Nothing has happened since, that anybody could lose: the log-ins of today are of today.
  expect(await told()).toBeUndefined()
  changed('2024-03-08T14:00:00Z')
  expect(await told()).toBe('3')
  made('2024-03-11T00:00:00Z')
  expect(await told()).toBeUndefined()
})

test('the page of the settings says when the newest was made, and offers none', async () => {
  expect(textOf(await browser.page('/admin/settings'), '[aria-labelledby=backup]')).toContain(
    'バックアップを作成した記録がありません',
  )
  made('2024-03-11T00:00:00Z')
  const section = (await browser.page('/admin/settings')).querySelector('[aria-labelledby=backup]')!
  expect(textIn(section)).toContain('令和6年3月11日（月）9時00分（回答12件）')
  expect(section.querySelector('a, button')).toBeNull()
})

test('the record says both in words', async () => {
  made('2024-03-11T00:00:00Z')
  office.stores.audit.append({
    ...{ at: new Date('2024-03-11T01:00:00Z'), actor: 'cli', action: 'backup.restored', subject: 'survey' },
    detail: { madeAt: '2024-03-10T00:00:00Z', answers: 12 },
  })
  const record = textIn((await browser.page('/admin/audit')).querySelector('main')!)
  expect(record).toContain('バックアップを作成しました（回答12件）')
  expect(record).toContain('令和6年3月10日（日）9時00分のバックアップを復元しました（回答12件）')
})
