import { sql } from 'drizzle-orm'
import { beforeEach, describe, expect, test } from 'vitest'
import { type OpenDatabase, openDatabase } from '../../src/db/open.ts'
import { openStores, type Stores } from '../../src/db/stores.ts'
import { DEFAULT_POLICY, type Policy } from '../../src/domain/selection/policy.ts'

let database: OpenDatabase
let stores: Stores
beforeEach(() => {
  database = openDatabase(':memory:')
  stores = openStores(database.db, () => new Date('2024-03-11T00:00:00Z'))
  return () => database.close()
})

const by = (note = '協議の結果') => ({ actor: 'tanto', at: new Date('2024-03-11T00:00:00Z'), note })
const REFUSED = expect.objectContaining({
  cause: expect.objectContaining({ message: 'a row of policies never changes' }),
})
const withFloor = (regionFloor: number): Policy => ({ ...DEFAULT_POLICY, regionFloor })

describe('the policy', () => {
  test('is the default until somebody saves one; then each save is a version', () => {
    expect(stores.policies.current()).toEqual({ version: 0, policy: DEFAULT_POLICY })
    expect(stores.policies.save(withFloor(2), by('一つ目'))).toBe(1)
    expect(stores.policies.save(withFloor(3), by('二つ目'))).toBe(2)
    expect(stores.policies.current()).toMatchObject({ version: 2, policy: { regionFloor: 3 } })
    expect(stores.policies.versions().map(({ version, note, author }) => [version, note, author])).toEqual([
      [2, '二つ目', 'tanto'],
      [1, '一つ目', 'tanto'],
    ])
    expect(stores.policies.byVersion(1)?.policy.regionFloor).toBe(2)
    expect(stores.policies.byVersion(3)).toBeNull()
  })

  test('is saved after the version that was changed, and no other', () => {
    expect(stores.policies.saveAfter(0, withFloor(2), by())).toEqual({ kind: 'saved', version: 1 })
    expect(stores.policies.saveAfter(0, withFloor(3), by())).toEqual({ kind: 'changed-meanwhile' })
    expect(stores.policies.current()).toMatchObject({ version: 1, policy: { regionFloor: 2 } })
    expect(stores.audit.all().map(({ action, subject }) => [action, subject])).toEqual([
      ['policy.saved', 'policy 1'],
    ])
  })

  test('never changes once it is saved: the database refuses', () => {
    stores.policies.save(withFloor(2), by())
    for (const change of [
      sql`UPDATE policies SET note = 'x'`,
      sql`UPDATE policies SET body = '{}' WHERE version = 1`,
    ])
      expect(() => database.db.run(change)).toThrow(REFUSED)
    expect(stores.policies.versions()).toMatchObject([{ note: '協議の結果', policy: { regionFloor: 2 } }])
  })
})

describe('a scenario', () => {
  const create = (name = '離島重視') =>
    stores.policies.scenarios.create({ name, basedOn: 0, policy: DEFAULT_POLICY }, by())
  const first = () => stores.policies.scenarios.byId(1)!

  test('has versions of its own and leaves the policy and its numbers alone', () => {
    stores.policies.save(withFloor(2), by())
    expect(create()).toEqual({ kind: 'created', id: 1 })
    expect(stores.policies.scenarios.save(1, 1, withFloor(3), by('二つ目'))).toBe('saved')
    expect(first()).toMatchObject({ latest: { version: 2, note: '二つ目', policy: { regionFloor: 3 } } })
    expect(stores.policies.current()).toMatchObject({ version: 1, policy: { regionFloor: 2 } })
    expect(stores.policies.save(withFloor(4), by())).toBe(2)
    expect(stores.policies.versions()).toHaveLength(2)
  })

  test('is not overwritten by who has not seen its newest version', () => {
    create()
    stores.policies.scenarios.save(1, 1, withFloor(3), by())
    expect(stores.policies.scenarios.save(1, 1, withFloor(4), by())).toBe('changed-meanwhile')
    expect(first().latest.policy.regionFloor).toBe(3)
  })

  test('has a name that no other in use has', () => {
    create('甲')
    create('乙')
    expect(create('甲')).toEqual({ kind: 'name-taken' })
    expect(stores.policies.scenarios.rename(2, '甲', by())).toBe('name-taken')
    expect(stores.policies.scenarios.rename(2, '乙', by())).toBe('renamed')
    expect(stores.policies.scenarios.rename(2, '丙', by())).toBe('renamed')
    expect(stores.policies.scenarios.byName('丙')?.id).toBe(2)
    expect(stores.policies.scenarios.byName('乙')).toBeNull()
  })

  test('gives its name free when archived, and comes back only while the name is free', () => {
    create('甲')
    stores.policies.scenarios.archive(1, by())
    expect(stores.policies.scenarios.byName('甲')).toBeNull()
    expect(stores.policies.scenarios.save(1, 1, withFloor(2), by())).toBe('archived')
    create('甲')
    expect(stores.policies.scenarios.reopen(1, by())).toBe('name-taken')
    stores.policies.scenarios.rename(2, '乙', by())
    expect(stores.policies.scenarios.reopen(1, by())).toBe('reopened')
    expect(stores.policies.scenarios.all().map(({ name, archivedAt }) => [name, archivedAt])).toEqual([
      ['甲', null],
      ['乙', null],
    ])
  })

  test('is on the record, step by step', () => {
    const sha256 = expect.stringMatching(/^[0-9a-f]{64}$/)
    create('甲')
    stores.policies.scenarios.save(1, 1, withFloor(2), by())
    stores.policies.scenarios.rename(1, '乙', by())
    stores.policies.scenarios.rename(1, '乙', by())
    stores.policies.scenarios.archive(1, by())
    stores.policies.scenarios.archive(1, by())
    stores.policies.scenarios.reopen(1, by())
    stores.policies.saveAfter(0, withFloor(2), by(), { scenario: '乙', scenarioVersion: 2 })
    expect(stores.audit.all().map(({ action, detail }) => [action, detail])).toEqual([
      ['scenario.created', { name: '甲', basedOn: 0, note: '協議の結果', sha256 }],
      ['scenario.saved', { name: '甲', version: 2, note: '協議の結果', sha256 }],
      ['scenario.renamed', { before: '甲', after: '乙' }],
      ['scenario.archived', { name: '乙' }],
      ['scenario.reopened', { name: '乙' }],
      ['policy.saved', { note: '協議の結果', sha256, scenario: '乙', scenarioVersion: 2 }],
    ])
    expect(stores.audit.verify()).toBeNull()
  })
})
