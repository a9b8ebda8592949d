import { writeFileSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { sealArchive } from '../../src/domain/selection/archive/archive.ts'
import { expected, versionZero } from '../db/version-0.ts'
import { amendedContents, contentsOf, RECORD_2 } from '../domain/selection/archive/archives.ts'
import { startCommands } from '../support/command.ts'
import { addHospitals } from '../support/submissions.ts'

let commands: ReturnType<typeof startCommands>
beforeEach(() => {
  commands = startCommands()
  commands.stored((stores) => {
    addHospitals(
      stores,
      { key: '1', name: '甲病院', naviiCode: '1', medicalCode: null },
      { key: '9', name: '丙病院', naviiCode: '9', medicalCode: '4619900011', supportedIn: '令和5年度' },
    )
  })
})
afterEach(() => commands.remove())

const register = (...entries: object[]) => ({
  name: 'register.json',
  bytes: Buffer.from(JSON.stringify({ entries: entries.map((hospital) => ({ hospital })) })),
})
const KNOWN = [
  { code: '1', medicalCode: null, naviiCode: '1', name: '甲病院' },
  { code: '2', medicalCode: '4619900099', naviiCode: null, name: '乙病院' },
  // Of another key than today's: known by its code.
  { code: '3', medicalCode: '4619900011', naviiCode: null, name: '丙病院（旧名）' },
]

const carry = (archive: string | Buffer, year = '令和6年度') =>
  commands.run(['carry-over', '--from', commands.file('archive.json', archive), '--year', year])
const years = () =>
  commands.stored(({ hospitals }) => hospitals.all().map(({ key, supportedIn }) => [key, supportedIn]))

describe('carry-over', () => {
  test.each([
    ['/1', {}],
    ['/2', { record: RECORD_2 }],
  ])(
    'puts the year down for the selected of an archive of format %s, by the codes of its register, beside earlier ones',
    async (_format, of) => {
      const { code, out } = await carry(sealArchive(contentsOf({ ...of, files: [register(...KNOWN)] })))
      expect([code, out.split('\n').at(-1)]).toEqual([
        0,
        '令和6年度に支援を受けた病院（初回選定）：登録 1件、登録済み 0件、病院台帳にない病院 1件',
      ])
      expect(years().filter(([, year]) => year?.includes('令和6年度'))).toHaveLength(1)
    },
  )

  test('leaves out who has declined, and takes who moved up', async () => {
    const first = amendedContents([{ code: '3', reason: '辞退' }])
    const { out } = await carry(sealArchive({ ...first, files: [register(...KNOWN)] }))
    expect(out).toContain('初回選定（第2版）')
    expect(years()).toEqual([
      ['1', '令和6年度'],
      ['9', '令和5年度'],
    ])
    const [change] = commands.stored(({ hospitalHistory }) => hospitalHistory.ofHospital('1'))
    expect(change).toMatchObject({
      kind: 'carried-over',
      source: 'archive.json',
      before: { supportedIn: null },
      after: { supportedIn: '令和6年度' },
    })
    expect(commands.stored(({ audit }) => audit.latest(1))).toMatchObject([
      {
        actor: 'cli',
        action: 'support.carried-over',
        subject: '令和6年度',
        detail: { round: 1, edition: 2, changed: 1, unknown: 1 },
      },
    ])
  })

  test('a second time changes nothing, and says so', async () => {
    const archive = sealArchive({
      ...amendedContents([{ code: '3', reason: '辞退' }]),
      files: [register(...KNOWN)],
    })
    await carry(archive)
    const before = years()
    const { code, out } = await carry(archive, 'R6')
    expect([code, out]).toEqual([0, expect.stringContaining('登録 0件、登録済み 1件')])
    expect(years()).toEqual(before)
  })

  test('an archive without a register is read by its snapshot', async () => {
    expect((await carry(sealArchive(contentsOf()))).out).toContain('病院台帳にない病院')
  })

  test('archives of a database of version 0 are read as well', async () => {
    const old = startCommands({ now: expected.asOf })
    writeFileSync(old.databasePath, versionZero())
    const archives = old.stored(({ editions }) =>
      editions.newest().map((edition) => editions.file(edition, 'archive.json')!.bytes),
    )
    const all = old.stored(({ hospitals }) => hospitals.all())
    old.remove()
    commands.stored((stores) => {
      stores.hospitals.import(
        { hospitals: all, fields: ['name'] },
        { actor: 'test', at: new Date(), source: 'x' },
      )
      stores.settings.change(
        { prefecture: JSON.parse(String(archives[0])).record.prefecture },
        { actor: 'x', at: new Date() },
      )
    })
    expect(archives.length).toBeGreaterThan(1)
    for (const archive of archives) {
      const { code, out } = await carry(archive)
      expect([code, out.split('\n').at(-1)]).toEqual([
        0,
        expect.stringMatching(/登録 [1-9]\d*件、.*病院台帳にない病院 0件/),
      ])
    }
  })

  const good = () => sealArchive(contentsOf({ files: [register(...KNOWN)] }))
  test.each([
    [
      'a changed byte',
      () => good().replace('"round":1', '"round":2'),
      '令和6年度',
      '確定したときと一致しません',
    ],
    ['another file', () => '{"a":1}', '令和6年度', '選定の保存用一式ではありません'],
    ['no year', good, '昨年', '「令和6年度」のように'],
  ])('%s is refused, and nothing is stored', async (_what, archive, year, message) => {
    const { code, error } = await carry(archive(), year)
    expect([code, error]).toEqual([2, expect.stringContaining(message)])
    expect(years().filter(([, each]) => each?.includes('令和6年度'))).toEqual([])
  })

  test('another prefecture’s is named as that', async () => {
    commands.stored(({ settings }) =>
      settings.change({ prefecture: '宮崎県' }, { actor: 'x', at: new Date('2024-03-01') }),
    )
    const { code, error } = await carry(good())
    expect([code, error]).toEqual([2, expect.stringContaining('鹿児島県の保存用一式です')])
  })

  test.each([[[]], [['--from', 'x.json']], [['--year', '令和6年度']], [['--wet']]])(
    'is asked with %j',
    async (args) => {
      const { code, error } = await commands.run(['carry-over', ...args])
      expect([code, error]).toEqual([2, '使い方：kakuho carry-over --from ARCHIVE.json --year 令和6年度'])
    },
  )
})
