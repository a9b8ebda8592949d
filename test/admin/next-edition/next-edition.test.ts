import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { openDatabase } from '../../../src/db/open.ts'
import { openStores } from '../../../src/db/stores.ts'
import { textOf } from '../../support/html.ts'
import { officeWith } from '../../support/office.ts'

const office = officeWith({ hospitals: [{ key: '4619900011', name: '甲病院' }], answers: [{}] })
const admin = office.officer({ login: 'admin', role: 'admin' })
const officer = office.officer({ login: 'tanto' })

test('the page says what the next survey begins with, and hands the file out to an administrator', async () => {
  expect(textOf(await admin.page('/admin/next-edition'), 'main')).toContain('病院台帳の1病院')
  const reply = await admin.get('/admin/next-edition.db')
  expect(reply.headers['content-disposition']).toContain('next-edition.db')
  const folder = mkdtempSync(join(tmpdir(), 'kakuho-test-'))
  const path = join(folder, 'next.db')
  writeFileSync(path, reply.rawPayload)
  const database = openDatabase(path)
  const stores = openStores(database.db, office.now)
  expect(stores.hospitals.all()).toHaveLength(1)
  expect(stores.submissions.all()).toEqual([])
  expect(stores.staff.all().map(({ login }) => login)).toEqual(['admin', 'tanto'])
  expect(stores.audit.verify()).toBeNull()
  database.close()
  rmSync(folder, { recursive: true })
  expect(office.stores.audit.latest(1)).toMatchObject([{ action: 'next-edition.made', actor: 'admin' }])
})

test.each(['/admin/next-edition', '/admin/next-edition.db'])('%s is none of an officer’s', async (url) => {
  expect((await officer.get(url)).statusCode).toBe(403)
})
