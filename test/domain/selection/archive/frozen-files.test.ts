import { describe, expect, test } from 'vitest'
import type { Lottery } from '../../../../src/domain/lot/lottery.ts'
import {
  type Archive,
  archiveHash,
  sealArchive,
  sealOf,
} from '../../../../src/domain/selection/archive/archive.ts'
import { signatureOf } from '../../../../src/domain/selection/archive/signature.ts'
import { verifyArchive } from '../../../../src/domain/selection/archive/verification.ts'
import { select } from '../../../../src/domain/selection/select.ts'
import type { Snapshot } from '../../../../src/domain/selection/snapshot.ts'
import { canonicalJson } from '../../../../src/domain/text/canonical.ts'
import { testSigner } from '../../../support/signing.ts'
import { contentsOf } from './archives.ts'
import { ANNOUNCED, drawnArchive as archive, RECEIPTS } from './drawn-archive.ts'

type Change = (archive: Archive) => void

/** Of a file by its name, as JSON. */
function inFile(name: string, change: (content: Record<string, never>) => void): Change {
  return ({ files }) => {
    const file = files.find((each) => each.name === name)!
    const content = JSON.parse(file.content)
    change(content)
    file.content = canonicalJson(content)
  }
}

function mismatchOf(
  text: string,
  change: Change,
  reseal: boolean,
): { place: string; message: string } | null {
  const changed: Archive = JSON.parse(text)
  change(changed)
  const seal = sealOf(changed)
  const verification = verifyArchive(
    canonicalJson(reseal ? { ...changed, sha256: { ...seal, archive: archiveHash(seal) } } : changed),
  )
  return verification.ok ? null : verification
}

const lotOf = (index: number, lot: string) =>
  inFile('lottery.json', (content: { list?: { lot: string }[] }) => {
    content.list![index]!.lot = lot
  })
const answerOf = (index: number, id: string, value: unknown) =>
  inFile('register.json', (content: { entries?: { answers: { extra: Record<string, unknown> } }[] }) => {
    content.entries![index]!.answers.extra[id] = value
  })
const copiedLot = inFile('register.json', (content: { entries?: { lot: string }[] }) => {
  content.entries![1]!.lot = '008'
})
const without = (name: string, list: string, index: number) =>
  inFile(name, (content: Record<string, unknown[]>) => {
    content[list]!.splice(index, 1)
  })
const text = (path: (string | number)[], label: string) =>
  inFile('questions.json', (content) => {
    const holder = path.reduce((inner: Record<string, unknown>, step) => inner[step] as typeof inner, content)
    holder.label = label
  })

test.each([
  ['receipts', RECEIPTS],
  ['announced', ANNOUNCED],
])('an archive with a draw (%s), further questions and their answers verifies', (_, lottery) => {
  expect(verifyArchive(archive(lottery)).ok).toBe(true)
})

describe.each([
  ['as it was sealed', false],
  ['with all hashes made anew', true],
])('what is changed is named, %s', (_, reseal) => {
  test.each<[string, Lottery, Change, place: string, message: string]>([
    [
      'a くじ番号',
      RECEIPTS,
      lotOf(1, '008'),
      'files[0].content（lottery.json）.list[1].lot',
      '受付番号R-0002のくじ番号です。あるべき値は "007"、ファイルの値は "008"',
    ],
    [
      'a line of the list',
      RECEIPTS,
      without('lottery.json', 'list', 1),
      'files[0].content（lottery.json）.list[1]',
      'R-0002',
    ],
    [
      'the value that was announced',
      ANNOUNCED,
      inFile('lottery.json', (content) => Object.assign(content, { value: '123457' })),
      'files[0].content（lottery.json）.value',
      '"123456"',
    ],
    [
      'the seed of the draw',
      RECEIPTS,
      inFile('lottery.json', (content) => Object.assign(content, { seed: 'receipts:0' })),
      'files[0].content（lottery.json）.seed',
      '抽選に用いる文字列',
    ],
    [
      'an answer in the register',
      RECEIPTS,
      answerOf(1, 'links', 6),
      'files[2].content（register.json）.entries[1].answers.extra.links',
      '質問「外部接続点の数」への「',
    ],
    [
      'a choice in the register',
      RECEIPTS,
      answerOf(2, 'map', 'yes'),
      'files[2].content（register.json）.entries[2].answers.extra.map',
      '"no"',
    ],
    [
      'a くじ番号 in the register',
      RECEIPTS,
      copiedLot,
      'files[2].content（register.json）.entries[1].lot',
      '受付番号R-0002のくじ番号です',
    ],
    [
      'a line of the reasons',
      RECEIPTS,
      without('reasons.json', 'reasons', 1),
      'files[3].content（reasons.json）.reasons',
      '「試験2病院」の行がありません',
    ],
    [
      'a row of the register',
      RECEIPTS,
      without('register.json', 'entries', 1),
      'files[2].content（register.json）.entries[2]',
      'の行がありません',
    ],
    [
      'the text of a question',
      RECEIPTS,
      text(['questions', 0], '接続点'),
      'files[1].content（questions.json）.questions[0].label',
      '"外部接続点の数"',
    ],
    [
      'the text of an option',
      RECEIPTS,
      text(['questions', 2, 'options', 1], '無し'),
      'files[1].content（questions.json）.questions[2].options[1].label',
      '質問「ネットワーク構成図の有無」の文または選択肢',
    ],
    [
      'a question that was taken out',
      RECEIPTS,
      without('questions.json', 'questions', 0),
      'files[1].content（questions.json）.questions',
      '外部接続点の数',
    ],
    [
      'a line of the result',
      RECEIPTS,
      ({ result }) => (result.results as unknown[]).splice(1, 1),
      'result.results[1]',
      'の行がありません',
    ],
    [
      'a value of the result',
      RECEIPTS,
      ({ result }) => Object.assign((result.results as { values: object }[])[1]!.values, { 'q.links': 26 }),
      'result.results[1].values.q.links',
      '「外部接続点の数」の評価値です。あるべき値は 25、ファイルの値は 26',
    ],
  ])('%s', (_what, lottery, change, place, message) => {
    const mismatch = mismatchOf(archive(lottery), change, reseal)
    expect(mismatch?.place).toBe(place)
    expect(mismatch?.message).toContain(message)
  })
})

test.each<[string, Change, place: string, message: string]>([
  [
    'an answer',
    ({ snapshot: { candidates } }) => Object.assign(candidates[1]!.submission!.extra!, { links: 6 }),
    'snapshot.candidates[1].submission.extra.links',
    'あるべき値は 5、ファイルの値は 6',
  ],
  [
    'beds',
    ({ snapshot: { candidates } }) => Object.assign(candidates[1]!, { beds: 51 }),
    'snapshot.candidates[1].beds',
    'についての事実です',
  ],
  [
    'a hospital that was taken out',
    ({ snapshot: { candidates } }) => candidates.splice(1, 1),
    'snapshot.candidates',
    'の行がありません',
  ],
  [
    'points',
    ({ snapshot: { policy } }) => Object.assign(policy.questions![0]!, { points: 30 }),
    'snapshot',
    'この入力から計算し直すと、result.results[0].score が異なります。',
  ],
  [
    'what decides nothing',
    ({ snapshot: taken }) => Object.assign(taken, { takenAt: '2024-03-20T00:00:00.000Z' }),
    'snapshot',
    'あるべき値は',
  ],
  [
    'a row of the report',
    ({ files }) =>
      Object.assign(files[4]!, { content: files[4]!.content.split('\r\n').slice(0, -1).join('\r\n') }),
    'files[4].content（ministry.csv）',
    'の行がありません',
  ],
])('in a changed snapshot or report: %s', (_what, change, place, message) => {
  const mismatch = mismatchOf(archive(RECEIPTS), change, false)
  expect(mismatch?.place).toBe(place)
  expect(mismatch?.message).toContain(message)
})

test('a changed fact is named by the register, though all hashes were made anew', () => {
  const change: Change = ({ snapshot }) => Object.assign(snapshot.candidates[1]!, { beds: 51 })
  expect(mismatchOf(archive(RECEIPTS), change, true)?.place).toBe('snapshot.candidates[1].beds')
})

describe('a changed fact with the result computed from it and all hashes made anew is named by the register', () => {
  const second = ({ snapshot }: Archive) => snapshot.candidates[1]!
  test.each<[place: string, message: string, Change]>([
    ['beds', 'ファイルの値は 51', (each) => Object.assign(second(each), { beds: 51 })],
    ['name', 'ファイルの値は "別の病院"', (each) => Object.assign(second(each), { name: '別の病院' })],
    ['region', 'ファイルの値は "別の圏域"', (each) => Object.assign(second(each), { region: '別の圏域' })],
    [
      'functions[0]',
      'ファイルの値は "disaster"',
      (each) => Object.assign(second(each), { functions: ['disaster'] }),
    ],
    [
      'inspection',
      'ファイルの値は "insufficient"',
      (each) => Object.assign(second(each), { inspection: 'insufficient' }),
    ],
    [
      'submission',
      'ファイルの値は null',
      (each) => Object.assign(second(each), { submission: null, gmis: null }),
    ],
    [
      'submission.intent',
      'ファイルの値は "none"',
      (each) => Object.assign(second(each).submission!, { intent: 'none' }),
    ],
    [
      'override',
      'ファイルの値は {"kind":"designate"',
      (each) => Object.assign(second(each), { override: { kind: 'designate', reason: '必要なため' } }),
    ],
  ])('%s', (place, message, change) => {
    const anew: Change = (each) => {
      change(each)
      Object.assign(each, { result: select(each.snapshot as Snapshot) })
    }
    const mismatch = mismatchOf(archive(RECEIPTS), anew, true)
    expect(mismatch?.place).toBe(`snapshot.candidates[1].${place}`)
    expect(mismatch?.message).toContain('「試験2病院」についての事実です。')
    expect(mismatch?.message).toContain(message)
  })

  test('but not where the register is one of before, beside which nothing new was frozen', () => {
    const before: Change = (each) => {
      Object.assign(second(each), { beds: 51 })
      each.files = each.files.filter(({ name }) => name === 'register.json' || name === 'ministry.csv')
      const { questions: _, ...policy } = each.snapshot.policy
      const candidates = each.snapshot.candidates.map(({ submission, ...rest }) => {
        const { extra: _extra, ...said } = submission!
        return { ...rest, submission: said }
      })
      each.snapshot = {
        ...each.snapshot,
        policy: { ...policy, lotterySeed: 'x' },
        candidates,
      } as Archive['snapshot']
      Object.assign(each, { result: select(each.snapshot as Snapshot) })
    }
    expect(mismatchOf(archive(RECEIPTS), before, true)).toBeNull()
  })
})

test.each<[name: string, Lottery, message: string]>([
  ['lottery.json', RECEIPTS, '抽選の記録（lottery.json）がありません。'],
  ['lottery.json', ANNOUNCED, '抽選の記録（lottery.json）がありません。'],
  ['questions.json', RECEIPTS, '質問の写し（questions.json）がありません。'],
  ['register.json', RECEIPTS, '病院台帳と回答の写し（register.json）がありません。'],
])(
  'a %s that the snapshot asks for is missed, though all hashes were made anew',
  (name, lottery, message) => {
    const change: Change = (each) => {
      each.files = each.files.filter((file) => file.name !== name)
    }
    const mismatch = mismatchOf(archive(lottery), change, true)
    expect(mismatch?.place).toBe('files[4]')
    expect(mismatch?.message).toContain(message)
  },
)

describe('a signature', () => {
  const signature = {
    algorithm: 'Ed25519',
    by: '鹿児島県',
    publicKey: Buffer.alloc(32, 1).toString('base64'),
    signedAt: '2024-03-20T00:00:00.000Z',
    value: Buffer.alloc(64, 2).toString('base64'),
  }
  const signed = (value: object) => canonicalJson({ ...JSON.parse(archive(RECEIPTS)), signature: value })

  test('stands outside the seal: the hash of the whole is as it was', () => {
    const before = verifyArchive(archive(RECEIPTS))
    if (!before.ok) throw new Error('the archive is right')
    const by = { at: new Date(signature.signedAt), by: signature.by }
    const after = verifyArchive(signed(signatureOf(before.sha256, testSigner, by)))
    expect(after.ok && after.sha256 === before.sha256).toBe(true)
  })

  test.each([
    ['signature.value', { ...signature, value: 'AAAA' }],
    ['signature.publicKey', { ...signature, publicKey: `${signature.publicKey} ` }],
    ['signature.algorithm', { ...signature, algorithm: 'RSA' }],
    ['signature.by', { ...signature, by: '' }],
  ])('with a malformed %s is refused', (place, value) => {
    const verification = verifyArchive(signed(value))
    expect(verification.ok ? null : verification.place).toBe(place)
  })

  test('is none of /1', () => {
    const text = canonicalJson({ ...JSON.parse(sealArchive(contentsOf())), signature })
    const verification = verifyArchive(text)
    expect(verification.ok ? null : verification.place).toBe('signature')
  })
})
