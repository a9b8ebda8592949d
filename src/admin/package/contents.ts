import type { ConfirmedEdition } from '../../db/edition-rows.ts'
import type { Report } from '../../db/reports.ts'
import type { Stores } from '../../db/stores.ts'
import { editionLabel } from '../../domain/record/round.ts'
import { FILE_NAMES } from '../../office/rounds/files.ts'

/** A file of the package: what an address of the officers' side gives. */
export interface PackageEntry {
  /** Within the package, with its folder: 01_一覧/回答一覧.xlsx */
  name: string
  /** Without /admin. */
  address: string
  /** What it is for, for whoever opens the package. */
  note: string
}

/** Everything that is taken along, in the order of the work. */
export function packageEntries(stores: Stores): PackageEntry[] {
  const latest = stores.editions.newest()
  const open = stores.editions.open()
  return [
    ...LISTS,
    ...(latest.length === 0 && !open ? DRAFT : []),
    ...(open ? papers(`/proposals/${open.proposal}`, '起案') : []),
    ...latest.flatMap((round) => roundEntries(stores, round)),
    ...(latest.length > 0 ? VERIFY : []),
    ...stores.reports.all().flatMap(reportEntries),
    ...latest.flatMap(letterEntries),
    ...RECORD,
  ]
}

const LISTS: readonly PackageEntry[] = [
  entry('01_一覧/病院台帳.xlsx', '/hospitals.xlsx', '病院台帳。編集して、もう一度取り込むことができます。'),
  entry('01_一覧/回答一覧.xlsx', '/submissions.xlsx', '届いた回答のすべて。'),
  entry('01_一覧/未回答の病院.xlsx', '/nonrespondents.xlsx', 'まだ回答していない病院と、その連絡先。'),
  entry('01_一覧/未回答の病院.csv', '/nonrespondents.csv', '同じ内容のCSV。'),
  entry('01_一覧/集計.xlsx', '/tally.xlsx', '電子カルテの導入状況と活用意向、回答率などの集計。'),
  entry('01_一覧/集計.html', '/tally', '同じ集計の、印刷用のページ。'),
  entry('01_一覧/御案内.html', '/notice/preview', '病院が見る御案内とQ&A。'),
  entry('01_一覧/選定基準.html', '/policy', '現行の選定基準。'),
]

const DRAFT: readonly PackageEntry[] = [
  ...papers('/selection', '選定案').map((each) => ({ ...each, note: `${each.note}確定前の案です。` })),
]

const VERIFY: readonly PackageEntry[] = [
  entry(
    '03_確定結果/確定した選定の検証.html',
    '/verify.html',
    '保存用一式が確定したときのままであることを、ブラウザーで確かめるページ。',
  ),
]

const RECORD: readonly PackageEntry[] = [
  entry('06_記録/操作の記録.csv', '/audit.csv', '誰が、いつ、何をしたかの記録。'),
]

/** What was sent, byte for byte. */
function reportEntries({ id, isTakenBack }: Report): PackageEntry[] {
  const base = `04_報告/第${id}号`
  const note = isTakenBack ? '記録を取り下げた報告' : '報告した内容'
  return [
    entry(`${base}_報告.xlsx`, `/reports/${id}/ministry.xlsx`, `${note}（送付したExcelブック）。`),
    entry(`${base}_報告.csv`, `/reports/${id}/ministry.csv`, `${note}（送付したCSV）。`),
    entry(`${base}_報告（Shift_JIS）.csv`, `/reports/${id}/ministry.csv?encoding=cp932`, `${note}（同）。`),
    entry(`${base}_送付の記録.html`, `/reports/${id}`, '報告した日、文書番号、送付の方法。'),
  ]
}

function letterEntries({ number, edition }: ConfirmedEdition): PackageEntry[] {
  const base = `05_通知文/${editionLabel(number, edition)}`
  return [
    entry(`${base}_差込み用.xlsx`, `/letters.xlsx?round=${number}`, '通知文の差込み印刷に使う表。'),
    entry(
      `${base}_通知文.html`,
      `/letters/print?round=${number}`,
      '通知文。1病院につきA4用紙1枚で印刷できます。',
    ),
  ]
}

function roundEntries({ editions }: Stores, round: ConfirmedEdition): PackageEntry[] {
  const base = `/rounds/${round.number}`
  const label = editionLabel(round.number, round.edition)
  const there = new Set(editions.hashes(round).map(({ name }) => name))
  return [
    ...papers(base, label),
    ...FILE_NAMES.filter(({ name }) => there.has(name) && name !== 'amended.json').map(
      ({ name, label: what }) => {
        const isCp932 = name === 'ministry.cp932.csv'
        const path = isCp932 ? 'ministry.csv?encoding=cp932' : name
        return entry(`03_確定結果/${label}/${fileName(name, what)}`, `${base}/${path}`, `${what}。`)
      },
    ),
  ]
}

function fileName(name: string, label: string): string {
  return `${label.replace(/[（：].*$/, '')}${/cp932/.test(name) ? '（Shift_JIS）' : ''}${name.slice(name.lastIndexOf('.'))}`
}

function papers(base: string, label: string): PackageEntry[] {
  return [
    entry(
      `02_起案/${label}_一覧.html`,
      `${base}/list`,
      '起案用の選定結果の一覧。ブラウザーで開き、印刷できます。',
    ),
    entry(
      `02_起案/${label}_理由.html`,
      `${base}/reasons`,
      '起案用の選定の理由。ブラウザーで開き、印刷できます。',
    ),
  ]
}

function entry(name: string, address: string, note: string): PackageEntry {
  return { name, address, note }
}
