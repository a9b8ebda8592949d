import Database from 'better-sqlite3'
import { describe, expect, test } from 'vitest'
import type { Archive } from '../../../src/domain/selection/archive/archive.ts'
import { sha256Hex } from '../../../src/domain/text/canonical.ts'
import { AFTER_DEADLINE, SELECTION, verified } from '../../support/decisions.ts'
import { officeWith } from '../../support/office.ts'
import { signedIn } from '../../support/officer.ts'

const office = officeWith({ now: AFTER_DEADLINE, ...SELECTION, confirmed: true, onDisk: true })
const browser = office.officer()

describe('検証', () => {
  test('says 一致 with the hash of the whole, to a viewer too, and stands on the record', async () => {
    const viewer = await signedIn(office, { login: 'viewer', role: 'viewer' })
    await viewer.get('/admin/rounds/1')
    const page = await verified(viewer, '/admin/rounds/1')
    const archive: Archive = JSON.parse((await browser.get('/admin/rounds/1/archive.json')).body)
    const banner = page.querySelector('.banner--success')!.textContent!
    expect(banner).toContain('一致：')
    expect(banner).toContain(archive.sha256.archive)
    const [entry] = office.stores.audit.all().filter(({ action }) => action === 'round.verified')
    expect(entry).toMatchObject({ actor: 'viewer', subject: 'round 1', detail: { edition: 1, ok: true } })
  })

  test('is told once, of the very edition: reading the page again recomputes nothing', async () => {
    await browser.get('/admin/rounds/1')
    const page = await verified(browser, '/admin/rounds/1/editions/1')
    expect(page.querySelector('main')!.textContent).toContain('一致：')
    const again = await browser.page('/admin/rounds/1/editions/1')
    expect(again.querySelector('main')!.textContent).not.toContain('一致：')
    expect(office.stores.audit.all().filter(({ action }) => action === 'round.verified')).toHaveLength(1)
  })

  /** Changes a stored file behind the program's back, with or without its hash. */
  function tamper(name: string, change: (text: string) => string, withHash = true): void {
    const sqlite = new Database(office.databasePath)
    sqlite.exec('DROP TRIGGER edition_files_written_once')
    const { bytes } = sqlite.prepare('SELECT bytes FROM edition_files WHERE name = ?').get(name) as {
      bytes: Buffer
    }
    const changed = Buffer.from(change(bytes.toString('utf8')))
    sqlite.prepare('UPDATE edition_files SET bytes = ? WHERE name = ?').run(changed, name)
    if (withHash)
      sqlite.prepare('UPDATE edition_files SET sha256 = ? WHERE name = ?').run(sha256Hex(changed), name)
    sqlite.close()
  }

  test.each<[string, () => void, RegExp]>([
    [
      'a file whose hash is another',
      () => tamper('ministry.csv', (text) => text.replace('甲病院', '乙病院'), false),
      /「厚生労働省への報告（CSV、UTF-8）」の内容が、確定したときのSHA-256と一致しません。/,
    ],
    [
      'a file changed with its hash',
      () => tamper('ministry.csv', (text) => text.replace('甲病院', '乙病院')),
      /「厚生労働省への報告（CSV、UTF-8）」が、保存用一式の中の写しと一致しません。/,
    ],
    [
      'a result changed with its hash',
      () => tamper('result.json', (text) => text.replace('"order": 1', '"order": 2')),
      /「選定の結果（JSON形式）」が、保存用一式の中の写しと一致しません。/,
    ],
    [
      'an archive changed with its hash',
      () => tamper('archive.json', (text) => text.replace('"beds":90', '"beds":91')),
      /snapshot/,
    ],
  ])('names %s', async (_name, change, message) => {
    change()
    await browser.get('/admin/rounds/1')
    const banner = (await verified(browser, '/admin/rounds/1')).querySelector('.banner--error')!
    expect(banner.textContent).toMatch(/不一致：/)
    expect(banner.textContent).toMatch(message)
  })

  test('the database itself refuses to change what is frozen', () => {
    const sqlite = new Database(office.databasePath)
    for (const table of ['editions', 'edition_files', 'edition_settlings'])
      expect(() => sqlite.exec(`UPDATE ${table} SET rowid = rowid`)).toThrow(/never changes/)
    sqlite.close()
  })
})
