import { afterAll, expect, test } from 'vitest'
import type { Archive } from '../../src/domain/selection/archive/archive.ts'
import { falsified, inFile } from '../support/archives.ts'
import { startCommands } from '../support/command.ts'
import {
  AFTER_DEADLINE,
  confirm,
  HEI,
  KO,
  OTSU,
  SELECTION,
  sendForm,
  TWO_BANDS,
} from '../support/decisions.ts'
import { officeWith } from '../support/office.ts'

/** 甲, 乙 and 丙 are equal in all but the lot, and two of them get a seat. */
const office = officeWith({
  ...SELECTION,
  now: AFTER_DEADLINE,
  lot: 'receipts' as const,
  policy: { ...TWO_BANDS, tieBreak: ['beds', 'lottery'] as (typeof TWO_BANDS)['tieBreak'] },
  hospitals: SELECTION.hospitals!.map((hospital) =>
    [KO, OTSU, HEI].includes(hospital.key as typeof KO) ? { ...hospital, beds: 80 } : hospital,
  ),
})
const officer = office.officer()
const commands = startCommands({ now: AFTER_DEADLINE })
afterAll(() => commands.remove())

type Change = (archive: Archive) => void

test('a round that the lot decided: verified by the command, and each falsification is named', async () => {
  await sendForm(officer, '/admin/lot/draw', {}, '/admin/lot')
  await confirm(officer)
  const bytes = (await officer.get('/admin/rounds/1/archive.json')).rawPayload
  const verify = (archive: string | Uint8Array) =>
    commands.run(['verify', commands.file('archive.json', archive)])
  expect((await verify(bytes)).out).toMatch(/^一致：第1回、第1版。/)

  const { files, snapshot }: Archive = JSON.parse(bytes.toString('utf8'))
  const { list } = JSON.parse(files.find(({ name }) => name === 'lottery.json')!.content)
  const inLottery = (change: (content: { list: { lot: string }[] }) => void): Change =>
    inFile('lottery.json', change)
  const other = list[0].lot === '000' ? '001' : '000'
  const hospital = snapshot.candidates.find(({ code }) => code === KO)!.name
  const falsifications: [change: Change, named: string[]][] = [
    [
      inLottery((lottery) => Object.assign(lottery.list[0]!, { lot: other })),
      [list[0].number, list[0].lot, 'lottery.json'],
    ],
    [inLottery((lottery) => lottery.list.splice(1, 1)), [list[1].number, 'lottery.json']],
    [
      inFile('register.json', ({ entries }: { entries: { hospital: { code: string } }[] }) =>
        entries.splice(
          entries.findIndex((each) => each.hospital.code === KO),
          1,
        ),
      ),
      [hospital, '行がありません'],
    ],
    [({ result }) => (result.results as unknown[]).splice(0, 1), ['result.results[0]', '行がありません']],
  ]
  for (const [change, named] of falsifications)
    for (const isResealed of [false, true]) {
      const { code, error } = await verify(falsified(bytes, change, { isResealed }))
      expect(code).toBe(1)
      for (const part of named) expect(error).toContain(part)
    }
})
