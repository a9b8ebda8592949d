import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'drizzle-orm'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { openDatabase } from '../../src/db/open.ts'
import { openStores, type Stores } from '../../src/db/stores.ts'
import { chooseLot } from '../support/contents.ts'
import { databaseForEach, emptyImage, openImage } from '../support/database.ts'
import { drawByReceipts } from '../support/lots.ts'
import { addHospitals, saveSubmission } from '../support/submissions.ts'

const CLOSES_AT = new Date('2024-03-18T15:00:00Z')
const AFTER = new Date('2024-03-19T00:00:00Z')
const SEEN = { method: 'receipts', closesAt: CLOSES_AT, announcement: null } as const

describe('two servers on one file', () => {
  let folder: string
  let servers: { stores: Stores; close: () => void }[]
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'kakuho-lots-'))
    const path = join(folder, 'survey.db')
    openImage(emptyImage(), path).close()
    servers = [1, 2].map(() => {
      const database = openDatabase(path)
      return { stores: openStores(database.db, () => AFTER), close: () => database.close() }
    })
    addHospitals(servers[0]!.stores, {}, { key: '4619900029', name: '見本病院' })
    chooseLot(servers[0]!.stores, 'receipts')
  })
  afterEach(() => {
    for (const { close } of servers) close()
    rmSync(folder, { recursive: true })
  })

  test('one draw comes of two that were decided on the same page', () => {
    saveSubmission(servers[0]!.stores)
    const [first, second] = servers.map(({ stores }, index) =>
      stores.lots.draw(1, null, SEEN, { actor: `officer-${index}`, at: AFTER }),
    )
    expect([first!.kind, second!.kind]).toEqual(['drawn', 'already-drawn'])
    for (const { stores } of servers)
      expect(stores.lots.draws()).toMatchObject([{ round: 1, drawn: { actor: 'officer-0' } }])
    expect(servers[0]!.stores.audit.all().filter(({ action }) => action === 'lot.drawn')).toHaveLength(1)
  })

  test('a deadline that moved meanwhile stops the draw, and a draw stops the deadline', () => {
    const [one, other] = servers.map(({ stores }) => stores)
    expect(other!.settings.change({ closesAt: '2024-03-25' }, { actor: 'x', at: AFTER })).toEqual([])
    const by = { actor: 'x', at: new Date('2024-03-26T00:00:00Z') }
    expect(one!.lots.draw(1, null, SEEN, by).kind).toBe('changed-meanwhile')
    const seen = { ...SEEN, closesAt: one!.settings.read().closesAt }
    expect(one!.lots.draw(1, null, seen, by).kind).toBe('drawn')
    expect(other!.settings.change({ closesAt: '2024-04-01' }, by)).toMatchObject([{ key: 'closesAt' }])
  })
})

describe('what is drawn', () => {
  const database = databaseForEach()

  test('never changes, never goes, and is never replaced', () => {
    saveSubmission(database.stores)
    drawByReceipts(database.stores)
    for (const statement of [
      sql`UPDATE lot_draws SET list = '[]'`,
      sql`DELETE FROM lot_draws`,
      sql`INSERT OR REPLACE INTO lot_draws (round, closes_at, drawn_by, drawn_at, list) VALUES (1, 0, 'x', 0, '[]')`,
    ])
      expect(() => database.db.run(statement)).toThrow()
  })

  test('is of the answers by the web that arrived before the deadline, to the millisecond', () => {
    const { stores } = database
    const at = (instant: string, channel?: 'fax') =>
      saveSubmission(stores, { at: instant, ...(channel && { channel }) }).number
    const before = [at('2024-03-18T14:59:59.999Z'), at('2024-03-11T00:00:00Z')]
    at('2024-03-18T15:00:00.000Z')
    at('2024-03-11T00:00:00Z', 'fax')
    const outcome = drawByReceipts(stores)
    const listed =
      outcome.kind === 'drawn' && outcome.draw.lottery.method === 'receipts'
        ? outcome.draw.lottery.list.map(({ number }) => number)
        : null
    expect(listed).toEqual(before)
  })

  test('of a source it is nothing before the day on which it is known', () => {
    const { lots } = database.stores
    const before = { actor: 'tanto', at: new Date('2024-03-18T14:00:00Z') }
    lots.choose('announced', { ...SEEN, method: lots.method() }, before)
    const seen = { ...SEEN, method: 'announced' } as const
    expect(lots.announce({ source: '宝くじ', knownOn: '2024-03-20' }, seen, before)).toBe('announced')
    const drawnAt = (instant: string) =>
      lots.draw(
        1,
        { value: '1', witnesses: ['甲', '乙'] },
        { ...seen, announcement: lots.announced(CLOSES_AT)!.id },
        { actor: 'tanto', at: new Date(instant) },
      ).kind
    expect(() => drawnAt('2024-03-19T14:59:59Z')).toThrow('before it is known')
    expect(drawnAt('2024-03-19T15:00:00Z')).toBe('drawn')
  })

  test('every number from 000 to 999 may come', () => {
    const lots = Array.from({ length: 300 }, () => saveSubmission(database.stores).lot!)
    expect(lots.every((lot) => Number.isInteger(lot) && lot >= 0 && lot < 1000)).toBe(true)
    expect(new Set(lots).size).toBeGreaterThan(200)
  })
})
