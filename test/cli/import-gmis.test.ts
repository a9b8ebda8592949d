import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { startCommands } from '../support/command.ts'
import { addHospitals, saveSubmission } from '../support/submissions.ts'

/** The key of one that came in with its 機関コード, and whose 医療機関コード became known later. */
const KEY = '0461234567890'
const MEDICAL = '4619900014'
const REFUSING = '4619900022'
const SILENT = '4619900030'
const HEADER = '医療機関コード,機関コード,医療機関名,Q6,Q7,Q9-1,Q11'

let commands: ReturnType<typeof startCommands>
beforeEach(() => {
  commands = startCommands()
  commands.stored((stores) => {
    addHospitals(
      stores,
      { key: KEY, naviiCode: KEY, medicalCode: MEDICAL, name: '架空甲病院' },
      { key: REFUSING, name: '架空乙病院' },
      { key: SILENT, name: '架空丙病院' },
    )
    saveSubmission(stores, { hospital: KEY, gmisConsent: true })
    saveSubmission(stores, { hospital: REFUSING, gmisConsent: false })
  })
})
afterEach(() => commands.remove())

const importOf = (rows: string[], ...options: string[]) =>
  commands.run(['import', 'gmis', commands.file('gmis.csv', [HEADER, ...rows].join('\n')), ...options])
const kept = () => commands.stored(({ gmis }) => [...gmis.all()])

describe('import gmis', () => {
  test.each([`${MEDICAL},,架空甲病院,はい,はい,いいえ,はい`, `,${KEY},架空甲病院,はい,はい,いいえ,はい`])(
    'keeps what a hospital consented to, and counts the rest: %s',
    async (row) => {
      const others = [
        `${REFUSING},,架空乙病院,はい,,,`,
        `${SILENT},,架空丙病院,はい,,,`,
        '4619900097,,他の病院,はい,,,',
      ]
      const { code, out } = await importOf([row, ...others])
      expect(code).toBe(0)
      expect(out).toContain(
        '活用に同意した病院 1件、同意のない病院 1件、有効な回答がない病院 1件、病院台帳にない病院 1件',
      )
      expect(kept()).toEqual([[KEY, { bcp: true, offlineBackup: false, networkControl: true }]])
      expect(commands.stored(({ audit }) => audit.latest(1))).toMatchObject([
        {
          actor: 'cli',
          action: 'gmis.imported',
          subject: 'gmis.csv',
          detail: { stored: 1, withoutConsent: 1, withoutAnswer: 1, unknown: 1 },
        },
      ])
    },
  )

  test('--dry-run only counts', async () => {
    const { code, out } = await importOf([`${MEDICAL},,架空甲病院,はい,,,`], '--dry-run')
    expect(code).toBe(0)
    expect(out).toContain('活用に同意した病院 1件')
    expect(out).toContain('確認のみ行いました')
    expect(kept()).toEqual([])
  })

  test('two rows of one hospital refuse the file, and nothing is stored', async () => {
    const { code, out, error } = await importOf([
      `${MEDICAL},,架空甲病院,はい,,,`,
      `,${KEY},架空甲病院,いいえ,,,`,
    ])
    expect(code).toBe(2)
    expect(out).toContain('エラー 3行目 架空甲病院 機関コード：2行目と同じ病院です。')
    expect(error).toContain('エラーが1件あるため、取り込みませんでした。')
    expect(kept()).toEqual([])
  })

  test.each([[[]], [['import.csv', 'more.csv']], [['import.csv', '--wet-run']]])(
    'is asked with %j',
    async (args) => {
      const { code, error } = await commands.run(['import', 'gmis', ...args])
      expect(code).toBe(2)
      expect(error).toBe('使い方：kakuho import gmis FILE [--dry-run] [--missing keep|remove]')
    },
  )
})
