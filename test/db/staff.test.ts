import { sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import type { NewStaff } from '../../src/db/staff.ts'
import { databaseForEach, NOON } from '../support/database.ts'

const database = databaseForEach()

const BY = { actor: 'cli', at: NOON }
const TANTO: NewStaff = {
  login: 'tanto',
  name: '担当 太郎',
  role: 'officer',
  passwordHash: '$argon2id$secret',
  mustChangePassword: true,
}

test('an officer is added once, without the hash on the record', () => {
  const { staff, audit } = database.stores
  expect(staff.add(TANTO, BY)).toBe('added')
  expect(staff.add({ ...TANTO, role: 'admin' }, BY)).toBe('login-taken')
  expect(staff.count()).toBe(1)
  expect(staff.byLogin('tanto')).toEqual({ ...TANTO, epoch: 0 })
  expect(staff.all()).toEqual([
    { login: 'tanto', name: '担当 太郎', role: 'officer', mustChangePassword: true },
  ])
  expect(audit.latest(1)).toMatchObject([
    { actor: 'cli', action: 'staff.added', subject: 'tanto', detail: { role: 'officer' } },
  ])
  expect(JSON.stringify(audit.all())).not.toContain('secret')
})

test('a changed password need not be changed again', () => {
  const { staff, audit } = database.stores
  staff.add(TANTO, BY)
  staff.changePassword('tanto', '$argon2id$new', staff.byLogin('tanto')!, { actor: 'tanto', at: NOON })
  expect(staff.byLogin('tanto')).toMatchObject({ passwordHash: '$argon2id$new', mustChangePassword: false })
  expect(audit.latest(1)).toMatchObject([{ action: 'staff.password-changed', subject: 'tanto', detail: {} }])
})

test('a password given by an administrator meanwhile, or a login stopped, is not undone by an own change', () => {
  const { staff, audit } = database.stores
  staff.add(TANTO, BY)
  const known = staff.byLogin('tanto')!
  staff.reset('tanto', { passwordHash: '$argon2id$given', shown: null }, BY)
  expect(staff.changePassword('tanto', '$argon2id$own', known, { actor: 'tanto', at: NOON })).toBe(false)
  const given = staff.byLogin('tanto')!
  expect(given.passwordHash).toBe('$argon2id$given')
  staff.disable('tanto', null, BY)
  expect(staff.changePassword('tanto', '$argon2id$own', given, { actor: 'tanto', at: NOON })).toBe(false)
  expect(audit.latest(1)).toMatchObject([{ action: 'staff.disabled' }])
})

test('a disabled login is as unknown as one that never was', () => {
  const { staff } = database.stores
  staff.add(TANTO, BY)
  database.db.run(sql`UPDATE staff SET disabled_at = 1`)
  expect(staff.byLogin('tanto')).toBeNull()
  expect(staff.byLogin('nobody')).toBeNull()
})
