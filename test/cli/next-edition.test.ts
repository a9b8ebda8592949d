import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { DEFAULT_POLICY } from '../../src/domain/selection/policy.ts'
import { prefectureOf } from '../../src/domain/survey/prefecture.ts'
import { hashPassword } from '../../src/office/password.ts'
import { verifyRecord } from '../../src/office/record/verification.ts'
import { startTestApp } from '../support/app.ts'
import { startCommands } from '../support/command.ts'
import { htmlOf, textOf } from '../support/html.ts'
import { officersBrowser, PASSWORD } from '../support/officer.ts'
import { addHospitals, saveSubmission } from '../support/submissions.ts'

const NOW = '2025-01-10T01:00:00Z'
const KO = '4619900011'

let commands: ReturnType<typeof startCommands>
let path: string
beforeEach(async () => {
  commands = startCommands({ now: NOW })
  path = join(dirname(commands.databasePath), 'next.db')
  const by = { actor: 'test', at: new Date(NOW) }
  const passwordHash = await hashPassword(PASSWORD)
  commands.stored((stores) => {
    addHospitals(stores, { key: KO, name: '甲病院', supportedIn: '令和5年度' })
    saveSubmission(stores, { hospital: KO })
    const user = { login: 'admin', name: '管理 花子', role: 'admin' as const, mustChangePassword: false }
    stores.staff.add({ ...user, passwordHash }, by)
    stores.policies.save(
      { ...DEFAULT_POLICY, lotterySeed: '当選番号', supportPeriodEnd: '2025-03', regionFloor: 2 },
      { ...by, note: '試験' },
    )
    stores.settings.change(
      {
        opensAt: '2024-03-08',
        closesAt: '2024-03-18',
        fiscalYear: '2024',
        contactSection: '医療係',
        resultsPublished: 'yes',
      },
      by,
    )
  })
})
afterEach(() => commands.remove())

describe('next-edition', () => {
  test('makes a survey with settings, users, master and policy, its dates, answers and lots empty', async () => {
    const { code, out } = await commands.run(['next-edition', path])
    expect([code, out]).toEqual([0, expect.stringContaining('病院 1件、利用者 1人')])
    const next = await startTestApp({ databasePath: path, image: null, now: NOW })
    const { stores } = next
    expect(stores.settings.stored()).toEqual({ contactSection: '医療係' })
    expect(stores.hospitals.all()).toMatchObject([{ key: KO, name: '甲病院', supportedIn: '令和5年度' }])
    expect(stores.submissions.all()).toEqual([])
    expect(stores.policies.current()).toMatchObject({
      version: 1,
      policy: { lotterySeed: '', supportPeriodEnd: '9999-12', regionFloor: 2 },
    })
    expect((await verifyRecord(stores, prefectureOf('鹿児島県'))).findings).toEqual([])
    expect(stores.audit.all()).toMatchObject([
      {
        seq: 1,
        action: 'survey.begun',
        actor: 'cli',
        detail: { hospitals: 1, staff: 1, fiscalYear: '2024' },
      },
      { action: 'signing-key.made' },
    ])

    const front = await next.app.inject({ url: '/' })
    expect(textOf(htmlOf(front), 'main')).toContain('準備')
    expect((await next.app.inject({ url: '/survey' })).body).not.toContain('<form')
    const browser = officersBrowser(next)
    await browser.get('/admin/login')
    const login = await browser.post('/admin/login', { login: 'admin', password: PASSWORD })
    expect(login.headers.location).toBe('/admin')
    for (const page of ['/admin', '/admin/selection', '/admin/policy', '/admin/hospitals'])
      expect((await browser.get(page)).statusCode).toBe(200)
    await next.close()
  })

  test('is on the record of this survey, which stays as it was otherwise', async () => {
    const before = commands.stored((stores) => [stores.settings.stored(), stores.submissions.all()])
    await commands.run(['next-edition', path])
    expect(commands.stored((stores) => [stores.settings.stored(), stores.submissions.all()])).toEqual(before)
    expect(commands.stored(({ audit }) => audit.latest(1))).toMatchObject([
      { action: 'next-edition.made', subject: 'next.db', detail: { hospitals: 1, staff: 1 } },
    ])
  })

  test('refuses a file that is there, a folder that is not, and no name', async () => {
    expect(await commands.run(['next-edition', commands.databasePath])).toMatchObject({
      code: 2,
      error: expect.stringContaining('既にあるファイルです'),
    })
    const lost = join(dirname(path), 'nowhere', 'next.db')
    expect(await commands.run(['next-edition', lost])).toMatchObject({
      code: 2,
      error: expect.stringContaining('保存先のフォルダーがありません'),
    })
    expect(existsSync(dirname(lost))).toBe(false)
    expect((await commands.run(['next-edition'])).error).toBe('使い方：kakuho next-edition NEW.db')
  })
})
