import type { ConfirmedEdition } from '../../db/edition-rows.ts'
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
    ...latest.flatMap(roundEntries),
    ...RECORD,
  ]
}

const LISTS: readonly PackageEntry[] = [
  entry('01_一覧/病院台帳.xlsx', '/hospitals.xlsx', '病院台帳。編集して、もう一度取り込むことができます。'),
  entry('01_一覧/回答一覧.xlsx', '/submissions.xlsx', '届いた回答のすべて。'),
  entry('01_一覧/未回答の病院.csv', '/nonrespondents.csv', 'まだ回答していない病院と、その連絡先。'),
  entry('01_一覧/選定基準.html', '/policy', '現行の選定基準。'),
]

const DRAFT: readonly PackageEntry[] = [
  ...papers('/selection', '選定案').map((each) => ({ ...each, note: `${each.note}確定前の案です。` })),
]

const RECORD: readonly PackageEntry[] = []

function roundEntries(round: ConfirmedEdition): PackageEntry[] {
  const base = `/rounds/${round.number}`
  const label = editionLabel(round.number, round.edition)
  return [
    ...papers(base, label),
    ...FILE_NAMES.filter(({ name }) => name !== 'amended.json').map(({ name, label: what }) => {
      const isCp932 = name === 'ministry.cp932.csv'
      const path = isCp932 ? 'ministry.csv?encoding=cp932' : name
      return entry(`03_確定結果/${label}/${fileName(name, what)}`, `${base}/${path}`, `${what}。`)
    }),
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
