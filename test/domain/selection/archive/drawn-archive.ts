import { type Lottery, lotteryOf } from '../../../../src/domain/lot/lottery.ts'
import { sealArchive } from '../../../../src/domain/selection/archive/archive.ts'
import { select } from '../../../../src/domain/selection/select.ts'
import type { Snapshot } from '../../../../src/domain/selection/snapshot.ts'
import { canonicalJson } from '../../../../src/domain/text/canonical.ts'
import { bands, candidate, snapshot } from '../builders.ts'
import { contentsOf, RECORD_2 } from './archives.ts'

const DRAWN = {
  drawnAt: '2024-03-19T00:00:00.000Z',
  by: 'tanto',
  closesAt: '2024-03-18T08:00:00.000Z',
}
export const RECEIPTS = lotteryOf({
  ...DRAWN,
  method: 'receipts',
  list: [
    { number: 'R-0001', lot: '042' },
    { number: 'R-0002', lot: '007' },
    { number: 'R-0003', lot: '999' },
  ],
})
export const ANNOUNCED = lotteryOf({
  ...DRAWN,
  method: 'announced',
  source: '第1000回の抽せんの1等の番号',
  announcedAt: '2024-03-01T00:00:00.000Z',
  knownOn: '2024-03-19',
  value: '123456',
  witnesses: ['立会 一郎', '立会 花子'],
  corrections: [],
})

const QUESTIONS = {
  format: 'kakuho.questions/1',
  questions: [
    { id: 'links', kind: 'number', label: '外部接続点の数', unit: '箇所' },
    { id: 'note', kind: 'text', label: '備考' },
    {
      id: 'map',
      kind: 'choice',
      label: 'ネットワーク構成図の有無',
      options: [
        { id: 'yes', label: 'あり' },
        { id: 'no', label: 'なし' },
      ],
    },
  ],
}

function taken(lotterySeed: string): Snapshot {
  const plain = snapshot(
    ['1', '2', '3'].map((code) => candidate(code)),
    { criteria: { disaster: 10 }, tieBreak: ['lottery'], bands: bands(2, 0), lotterySeed },
  )
  return {
    ...plain,
    policy: {
      ...plain.policy,
      questions: [
        { id: 'links', label: '外部接続点の数', kind: 'number', points: 20, zeroAt: 0, fullAt: 20 },
        {
          id: 'map',
          label: 'ネットワーク構成図の有無',
          kind: 'choice',
          points: 10,
          options: [
            { id: 'yes', label: 'あり', value: 0 },
            { id: 'no', label: 'なし', value: 100 },
          ],
        },
      ],
    },
    candidates: plain.candidates.map((each) => ({
      ...each,
      submission: each.submission && { ...each.submission, extra: { links: 5, map: 'no' } },
    })),
  }
}

function registerOf({ candidates }: Snapshot, lottery: Lottery): object {
  return {
    format: 'kakuho.register/1',
    entries: candidates.map(({ submission, override, ...hospital }, index) => ({
      hospital: { ...hospital, kana: '' },
      number: `R-000${index + 1}`,
      ...(lottery.method === 'receipts' && { lot: lottery.list[index]!.lot }),
      answers: { ...submission, remarks: '', extra: { ...submission?.extra, note: '特になし' } },
      override,
    })),
  }
}

/** A round with a draw, two further questions that count and one that does not, and the answers to them. */
export function drawnArchive(lottery: Lottery): string {
  const input = taken(lottery.seed)
  const file = (name: string, content: object) => ({ name, bytes: Buffer.from(canonicalJson(content)) })
  const names = select(input)
    .results.filter(({ decision }) => decision === 'selected')
    .map(({ code }) => input.candidates.find((each) => each.code === code)!.name)
  return sealArchive(
    contentsOf({
      record: RECORD_2,
      snapshot: input,
      result: select(input),
      files: [
        file('lottery.json', lottery),
        file('questions.json', QUESTIONS),
        file('register.json', registerOf(input, lottery)),
        file('reasons.json', {
          format: 'kakuho.reasons/1',
          reasons: input.candidates.map(({ code, name }) => ({ code, hospital: `${name}の理由です。` })),
        }),
        {
          name: 'ministry.csv',
          bytes: Buffer.from(
            ['順位,病院', ...names.map((name, index) => `${index + 1},${name}`)].join('\r\n'),
          ),
        },
      ],
    }),
  )
}
