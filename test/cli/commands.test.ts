import { resolve } from 'node:path'
import { verify } from '@node-rs/argon2'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { startCommands } from '../support/command.ts'

const REAL_FILE = resolve(import.meta.dirname, '../fixtures/navii-kagoshima.csv')

let commands: ReturnType<typeof startCommands>
beforeEach(() => {
  commands = startCommands()
})
afterEach(() => commands.remove())

test('an unknown command says what there is', async () => {
  const { code, error, errorLines } = await commands.run(['frobnicate'])
  expect(code).toBe(2)
  expect(errorLines).toBe(1)
  expect(error).toContain('import hospitals FILE')
})

describe('user add', () => {
  test('prints a password that must be changed', async () => {
    const { code, out } = await commands.run([
      'user',
      'add',
      'tanto',
      '--role',
      'officer',
      '--name',
      '担当 者太',
    ])
    expect(code).toBe(0)
    const password = /：(\S{16})$/m.exec(out)?.[1]
    const user = commands.stored(({ staff }) => staff.byLogin('tanto'))
    expect(user).toMatchObject({ name: '担当 者太', role: 'officer', mustChangePassword: true })
    expect(await verify(user!.passwordHash, password!)).toBe(true)
  })

  test('takes a password from standard input', async () => {
    const { code, out } = await commands.run(
      ['user', 'add', 'kanri', '--role', 'admin', '--password-stdin'],
      'ひみつのことばをさがす2024\n',
    )
    expect(code).toBe(0)
    expect(out).not.toContain('ひみつ')
    const user = commands.stored(({ staff }) => staff.byLogin('kanri'))
    expect(user?.mustChangePassword).toBe(false)
    expect(await verify(user!.passwordHash, 'ひみつのことばをさがす2024')).toBe(true)
  })

  test.each(['password2024!', 'kagoshima2024!', 'kanri-no-kotoba', 'aaaaaaaaaaaa', 'みじかいことば'])(
    'refuses the password %s as a page would',
    async (password) => {
      const args = ['user', 'add', 'kanri', '--role', 'admin', '--password-stdin']
      const { code, error, errorLines } = await commands.run(args, password)
      expect([code, errorLines]).toEqual([2, 1])
      expect(error).toContain('標準入力のパスワード：')
      expect(commands.stored(({ staff }) => staff.count())).toBe(0)
    },
  )

  test.each([
    [['user', 'add', 'tanto'], '--role'],
    [['user', 'add', 'tanto', '--role', 'boss'], '--role'],
    [['user', 'add', 'Tanto Taro', '--role', 'officer'], 'LOGIN'],
    [['user', 'add', '--role', 'officer'], '使い方'],
    [['user', 'add', 'tanto', '--role', 'officer', '--what'], '使い方'],
    [['user', 'add', 'tanto', '--role', 'officer', '--password-stdin'], 'パスワード'],
  ])('%j is refused in one line', async (args, named) => {
    const { code, error, errorLines } = await commands.run(args, 'short')
    expect([code, errorLines]).toEqual([2, 1])
    expect(error).toContain(named)
    expect(commands.stored(({ staff }) => staff.count())).toBe(0)
  })

  test('the same login twice is refused', async () => {
    await commands.run(['user', 'add', 'tanto', '--role', 'officer'])
    const { code, error } = await commands.run(['user', 'add', 'tanto', '--role', 'admin'])
    expect(code).toBe(2)
    expect(error).toContain('tanto')
    expect(commands.stored(({ staff }) => staff.byLogin('tanto')?.role)).toBe('officer')
  })
})

describe('settings', () => {
  test('set and show, the period with it', async () => {
    const set = await commands.run([
      'settings',
      'set',
      'opensAt=2026-11-01',
      'closesAt=2026-11-30T17:00:00+09:00',
      'regionFloor=2',
    ])
    expect(set.code).toBe(0)
    const { out } = await commands.run(['settings', 'show'])
    expect(out.split('\n')).toEqual(
      expect.arrayContaining([
        'opensAt=2026-11-01',
        'closesAt=2026-11-30T17:00:00+09:00',
        'regionFloor=2',
        'seats.20-99=23',
      ]),
    )
    const { settings, policy } = commands.stored((stores) => ({
      settings: stores.settings.read(),
      policy: stores.policies.current(),
    }))
    expect(settings.closesAt?.toISOString()).toBe('2026-11-30T08:00:00.000Z')
    expect(policy).toMatchObject({ version: 1, policy: { regionFloor: 2 } })
  })

  test.each([
    ['closesAt=tomorrow', 'closesAt'],
    ['closesAt=2024-02-30', 'closesAt'],
    ['regionFloor=-1', 'regionFloor'],
    ['seats.20-99=many', 'seats.20-99'],
    ['points.emergency=1001', 'points.emergency'],
    ['colour=blue', 'colour'],
    ['contactEmail=nobody', 'contactEmail'],
    ['title', 'title'],
  ])('%s is refused by name, and nothing is changed', async (argument, key) => {
    const { code, error, errorLines } = await commands.run([
      'settings',
      'set',
      'prefectureSeats=60',
      argument,
    ])
    expect([code, errorLines]).toEqual([2, 1])
    expect(error).toContain(key)
    expect(
      commands.stored(({ settings, policies }) => [settings.stored(), policies.current().version]),
    ).toEqual([{}, 0])
  })
})

describe('import hospitals', () => {
  test('takes the real open data as it is', async () => {
    const { code, out } = await commands.run(['import', 'hospitals', REAL_FILE])
    expect(code).toBe(0)
    expect(out).toMatch(/^追加 139件、変更 0件、変更なし 0件、警告 \d+件、エラー 0件$/m)
    const hospitals = commands.stored((stores) => stores.hospitals.all())
    expect(hospitals).toHaveLength(139)
    expect(hospitals.find(({ key: id }) => id === '46110040')).toMatchObject({ beds: 154, region: '鹿児島' })
    expect(hospitals.find(({ key: id }) => id === '461246335087')).toMatchObject({ beds: 0 })
  })

  test('a second time changes nothing', async () => {
    await commands.run(['import', 'hospitals', REAL_FILE])
    const { out } = await commands.run(['import', 'hospitals', REAL_FILE])
    expect(out).toContain('追加 0件、変更 0件、変更なし 139件')
  })

  test('--dry-run only counts', async () => {
    const { code, out } = await commands.run(['import', 'hospitals', REAL_FILE, '--dry-run'])
    expect(code).toBe(0)
    expect(out).toContain('追加 139件')
    expect(commands.stored((stores) => stores.hospitals.all())).toEqual([])
  })

  test('one bad row refuses the file, and every bad row is named', async () => {
    const sheet =
      '医療機関コード,医療機関名,市町村,許可病床数\n4619900011,試験A病院,鹿児島市,100\n,試験B病院,どこか市,多数\n'
    const { code, out, error, errorLines } = await commands.run([
      'import',
      'hospitals',
      commands.file('bad.csv', sheet),
    ])
    expect([code, errorLines]).toEqual([2, 1])
    expect(error).toContain('取り込みませんでした')
    expect(out).toContain('エラー 3行目 試験B病院')
    expect(commands.stored((stores) => stores.hospitals.all())).toEqual([])
  })

  test.each([
    ['not-there.csv', undefined, 'ファイルがありません'],
    ['picture.csv', new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0, 0, 0, 0xff]), 'picture.csv'],
    ['letter.csv', '拝啓\n時下ますます御清栄のこと\n', 'letter.csv'],
    ['empty.csv', '', 'empty.csv'],
  ])('%s is refused with what it is', async (name, content, named) => {
    const file = content === undefined ? name : commands.file(name, content)
    const { code, error, errorLines } = await commands.run(['import', 'hospitals', file])
    expect([code, errorLines]).toEqual([2, 1])
    expect(error).toContain(named)
    expect(commands.stored((stores) => stores.hospitals.all())).toEqual([])
  })

  test('a list with the other number speaks of the same hospital and erases nothing', async () => {
    await commands.run(['import', 'hospitals', REAL_FILE])
    const header = '医療機関コード,機関コード,医療機関名,市町村,許可病床数,電話番号,医療機能\n'
    const row = '4610110365,46110071,医療法人慈恵会土橋病院,鹿児島市,20,099-000-0000,救急告示病院\n'
    const sheet = commands.file('sheet.csv', header + row)
    const { out } = await commands.run(['import', 'hospitals', sheet])
    expect(out).toContain('追加 0件、変更 1件')
    await commands.run(['import', 'hospitals', REAL_FILE])
    const hospital = commands.stored((stores) => stores.hospitals.byCode('46110071'))
    expect(hospital).toMatchObject({
      medicalCode: '4610110365',
      phone: '099-000-0000',
      functions: ['emergency'],
    })
  })
})

describe('demo', () => {
  test('fills an empty database, once', async () => {
    const { code, out } = await commands.run(['demo'])
    expect(code).toBe(0)
    expect(out).toMatch(/admin .*tanto .*etsuran /s)
    const counts = commands.stored((stores) => ({
      hospitals: stores.hospitals.all().length,
      current: stores.submissions.all().filter(({ state }) => state === 'current').length,
      broken: stores.audit.verify(),
      gmisWithoutConsent: [...stores.gmis.all().keys()].filter(
        (hospital) =>
          !stores.submissions
            .all()
            .some(
              ({ state, hospitalCode, answers }) =>
                state === 'current' && hospitalCode === hospital && answers.gmisConsent,
            ),
      ),
    }))
    expect(counts).toMatchObject({ hospitals: 225, broken: null, gmisWithoutConsent: [] })
    expect(counts.current).toBeGreaterThanOrEqual(150)
    const again = await commands.run(['demo'])
    expect(again.code).toBe(2)
  })
})

describe('demo', () => {
  test('as the edition r8 asks what the programme of that year would, with answers and points', async () => {
    const { code, out } = await commands.run(['demo', '--edition', 'r8'])
    expect(code, out).toBe(0)
    commands.stored((stores) => {
      const asked = stores.questions.asked()
      expect(asked.map(({ id }) => id)).toEqual(['links', 'link_kinds', 'map', 'vendor', 'cost'])
      const current = stores.submissions.all().filter(({ state }) => state === 'current')
      const required = asked.filter((question) => question.required)
      expect(
        current.every(({ answers }) => required.every(({ id }) => answers.extra[id] !== undefined)),
      ).toBe(true)
      const { policy } = stores.policies.current()
      expect(policy).toMatchObject({ earlierSupport: 'exclude' })
      expect(policy.questions!.map(({ id, points }) => [id, points])).toEqual([
        ['links', 20],
        ['map', 10],
        ['vendor', 5],
        ['cost', 0],
      ])
    })
    const shown = (await commands.run(['settings', 'show'])).out
    expect(shown).toContain('ineligible.q.cost.no=yes')
  })

  test.each([[['--edition', 'r7']], [['--edition']], [['r8']]])('refuses %j with its usage', async (args) => {
    const { code, error } = await commands.run(['demo', ...args])
    expect([code, error]).toEqual([2, '使い方：kakuho demo [--serve] [--edition r6|r8]'])
  })
})

test('points of a further question are set like every other rule; a question that is not asked is refused', async () => {
  await commands.run(['demo', '--edition', 'r8'])
  const set = await commands.run([
    'settings',
    'set',
    'points.q.links=30',
    'value.q.map.part=60',
    'ministryColumns=順位,医療機関名,q.links',
  ])
  expect([set.code, set.out]).toEqual([
    0,
    'points.q.links=30\nvalue.q.map.part=60\nministryColumns=順位,医療機関名,q.links',
  ])
  const unknown = await commands.run(['settings', 'set', 'points.q.nope=1'])
  expect([unknown.code, unknown.error]).toEqual([
    2,
    'points.q.nope：この設定項目はありません。kakuho settings show で項目名を確認してください。',
  ])
  const column = await commands.run(['settings', 'set', 'ministryColumns=順位,q.nope'])
  expect([column.code, column.error]).toEqual([2, 'ministryColumns：「q.nope」という質問はありません。'])
})
