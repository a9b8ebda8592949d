import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { is } from 'drizzle-orm'
import { getTableConfig, SQLiteTable } from 'drizzle-orm/sqlite-core'
import { expect, test } from 'vitest'
import { CARRIED } from '../../src/db/next-edition.ts'
import { openDatabase } from '../../src/db/open.ts'
import * as schema from '../../src/db/schema.ts'
import { openStores } from '../../src/db/stores.ts'
import { makeNextEdition } from '../../src/office/next-edition.ts'
import { startWholeOffice } from '../support/whole-office.ts'

const tables = Object.values(schema as Record<string, unknown>).filter((each) => is(each, SQLiteTable))
const nameOf = (table: SQLiteTable) => getTableConfig(table).name

test('of every table is settled what becomes of it', () => {
  expect(Object.keys(CARRIED).sort()).toEqual(tables.map(nameOf).sort())
})

test('an office that has something of everything: the next edition has what is carried, and nothing else', async () => {
  const office = await startWholeOffice(({ stores }) => {
    const by = { actor: 'test', at: new Date('2024-03-19T00:00:00Z') }
    stores.settings.change({ noticeConfirmed: 'yes', contactSection: '医療係' }, by)
    stores.messageTexts.write('mail', { subject: '件名', body: '一' }, 0, by)
    const { version } = stores.messageTexts.current('mail')
    stores.messageTexts.write('mail', { subject: '件名', body: '二' }, version, by)
    const head = { documentNumber: '保医第9号', datedOn: '2024-03-01', sender: '課長', person: '院長　様' }
    const text = { subject: '依頼', body: '回答してください。' }
    stores.messageTexts.writeLetter({ text, head }, { text: 0, head: 0 }, by)
  })
  const before = office.stores.hospitals.facts()
  const by = { actor: 'admin', at: office.now(), file: 'next.db' }
  const folder = mkdtempSync(join(tmpdir(), 'kakuho-test-'))
  makeNextEdition(office.stores, join(folder, 'next.db'), by)
  const next = openDatabase(join(folder, 'next.db'))
  const rows = (table: SQLiteTable, database: typeof next) => database.db.select().from(table).all().length
  for (const table of tables) {
    const carried = CARRIED[nameOf(table)]
    const [was, is] = [rows(table, office.database), rows(table, next)]
    if (carried === 'nothing')
      expect([nameOf(table), is]).toEqual([nameOf(table), nameOf(table) === 'audit_log' ? 1 : 0])
    if (carried === 'rows' && table !== schema.settings)
      expect([nameOf(table), is]).toEqual([nameOf(table), was])
    if (carried === 'newest') expect([nameOf(table), is > 0 || was === 0]).toEqual([nameOf(table), true])
  }
  const stores = openStores(next.db, office.now)
  expect(stores.hospitals.all()).toEqual(office.stores.hospitals.all())
  expect(stores.hospitals.facts()).toEqual(before)
  expect(stores.notice.current()).toEqual({ version: 1, notice: office.stores.notice.current().notice })
  expect(stores.messageTexts.current('mail')).toMatchObject({ subject: '件名', body: '二' })
  expect(stores.messageTexts.head()).toMatchObject({ documentNumber: '', datedOn: '', sender: '課長' })
  expect(stores.settings.read()).toMatchObject({
    noticeConfirmed: false,
    contactSection: '医療係',
    opensAt: null,
  })
  expect(stores.policies.current().policy.lotterySeed).toBe('')
  expect(stores.staff.all()).toEqual(office.stores.staff.all())
  expect(stores.audit.all()).toMatchObject([{ seq: 1, action: 'survey.begun' }])
  expect(stores.audit.verify()).toBeNull()
  next.close()
  rmSync(folder, { recursive: true })
  await office.close()
})
