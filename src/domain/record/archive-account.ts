import type { Archive } from '../selection/archive/archive.ts'
import { bandLabel } from '../selection/bands.ts'
import { boardOf } from '../selection/board.ts'
import { dateTimeText } from '../text/dates.ts'
import { editionLabel } from './round.ts'
import { roundFileLabel } from './round-file-labels.ts'

/** An archive that verified, for somebody who has nothing but it. */
interface Account {
  /** 初回選定（第2版） */
  title: string
  /** Who decided what, and when. */
  facts: { label: string; text: string }[]
  /** What was looked at, a sentence each. */
  checks: string[]
  /** A row a band, and all of them together. */
  bands: {
    label: string
    seats: number
    eligible: number
    selected: number
    waitlisted: number
    balance: string
  }[]
  /** The frozen files, as whoever holds one of them can compare it. */
  files: { name: string; label: string; sha256: string }[]
}

export function accountOf(archive: Archive): Account {
  const { record, snapshot, amendment, sha256 } = archive
  const { rows, total } = boardOf(bandLines(archive))
  return {
    title: editionLabel(record.round, record.edition),
    facts: [
      { label: '都道府県', text: record.prefecture },
      ...(record.proposed ? [{ label: '起案', text: actText(record.proposed) }] : []),
      { label: record.proposed ? '決裁' : '確定', text: actText(record.confirmed) },
      { label: '選定の入力の時点', text: dateTimeText(new Date(snapshot.takenAt)) },
      { label: '病院', text: `${snapshot.candidates.length}病院` },
      ...(amendment ? [{ label: '確定後の辞退など', text: `${amendment.declines.length}件` }] : []),
    ],
    checks: checksOf(archive),
    bands: [...rows, total].map(({ balance, label, seats, eligible, selected, waitlisted }) => ({
      ...{ label, seats, eligible, selected, waitlisted },
      balance: balance.text,
    })),
    files: sha256.files.map(({ name, sha256: its }) => ({ name, label: roundFileLabel(name), sha256: its })),
  }
}

function actText({ at, name }: { at: string; name: string }): string {
  return `${dateTimeText(new Date(at))}　${name}`
}

/** What was read and compared. What cannot be seen from one file is said as well. */
function checksOf(archive: Archive): string[] {
  const { record, amendment, files } = archive
  const has = (name: string) => files.some((file) => file.name === name)
  return [
    'ファイルの書式が、確定したときのままであること。',
    `${files.length}件のファイルと、選定の入力、結果、決定の記録が、それぞれのSHA-256と一致すること。`,
    '選定の入力から計算し直した順位、点数、選定と補欠の別が、記録された結果と一致すること。',
    ...(amendment ? ['辞退を反映して計算し直した結果が、記録された結果と一致すること。'] : []),
    ...(has('lottery.json')
      ? ['抽選の記録から計算した抽選に用いる文字列が、順位に用いたものと一致すること。']
      : []),
    ...(has('questions.json') ? ['点数に用いた質問の文と選択肢が、病院に示したものと一致すること。'] : []),
    ...(has('register.json') && ['lottery.json', 'questions.json', 'reasons.json', 'classes.json'].some(has)
      ? ['選定の入力と、病院台帳と回答の写しとで、病院、病床数などの事実、回答及び指定・除外が一致すること。']
      : []),
    ...('follows' in record && record.follows.length > 0
      ? [
          `この選定は${record.follows.map(({ round, edition }) => editionLabel(round, edition)).join('、')}の後のものです。その保存用一式は、別に検証してください。`,
        ]
      : []),
    ...('signature' in archive ? ['署名が、署名に示された鍵による、この保存用一式のものであること。'] : []),
  ]
}

interface Line {
  band: string | null
  decision: string
  eligible: boolean
}

function bandLines({ snapshot, result, amendment }: Archive): Parameters<typeof boardOf>[0] {
  const lines = (amendment?.result ?? result).results as Line[]
  return snapshot.policy.bands.map((band) => {
    const here = lines.filter((line) => line.band === band.id)
    const count = (decision: string) => here.filter((line) => line.decision === decision).length
    return {
      id: band.id,
      label: bandLabel(band),
      seats: band.seats,
      eligible: here.filter(({ eligible }) => eligible).length,
      selected: count('selected'),
      waitlisted: count('waitlisted'),
    }
  })
}
