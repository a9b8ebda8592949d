import type { Round, RoundFile } from '../../db/rounds.ts'
import { editionLabel } from '../../domain/record/round.ts'
import { XLSX_TYPE } from '../../files/xlsx/write.ts'
import type { RoundFileName } from '../../office/rounds/files.ts'
import { csvType, encodingOf, JSON_TYPE } from '../downloads.ts'

/** The last part of an address below a round, an edition or a proposal. */
export const ROUND_PATHS = [
  'archive.json',
  'snapshot.json',
  'result.json',
  'amended.json',
  'register.json',
  'checks.json',
  'ministry.csv',
  'ministry.xlsx',
  'internal.xlsx',
] as const
export type RoundPath = (typeof ROUND_PATHS)[number]

export function frozenFileName(path: RoundPath, query: unknown): RoundFileName {
  return path === 'ministry.csv' && encodingOf(query) === 'cp932' ? 'ministry.cp932.csv' : path
}

/** How a frozen file is sent: its Japanese name and its type. */
export function downloadOf(
  { number, edition }: Pick<Round, 'number' | 'edition'>,
  path: RoundPath,
  { name, bytes }: RoundFile,
): { name: string; fallback: string; type: string; bytes: Buffer } {
  const types = name === 'ministry.cp932.csv' ? csvType('cp932') : TYPES[path.split('.').at(-1)!]!
  return {
    name: `${editionLabel(number, edition)}_${NAMES[path]}`,
    fallback: `round-${number}${edition > 1 ? `-${edition}` : ''}-${path}`,
    type: types,
    bytes,
  }
}

const TYPES: Record<string, string> = { json: JSON_TYPE, csv: csvType('utf-8'), xlsx: XLSX_TYPE }

const NAMES: Record<RoundPath, string> = {
  'archive.json': '保存用一式.json',
  'snapshot.json': '入力.json',
  'result.json': '結果.json',
  'amended.json': '辞退反映後の結果.json',
  'register.json': '台帳と回答の写し.json',
  'checks.json': '確定前の確認.json',
  'ministry.csv': '厚生労働省報告.csv',
  'ministry.xlsx': '厚生労働省報告.xlsx',
  'internal.xlsx': '内部資料.xlsx',
}

export interface FileLink {
  href: string
  label: string
  sha256: string
}

/** Every file of an edition, the ones that are used most first. @param base the page's address */
export function fileLinks(base: string, files: readonly { name: string; sha256: string }[]): FileLink[] {
  const hashes = new Map(files.map(({ name, sha256 }) => [name, sha256]))
  return FILE_LABELS.flatMap(([name, label]) => {
    const sha256 = hashes.get(name)
    const path = name === 'ministry.cp932.csv' ? 'ministry.csv?encoding=cp932' : name
    return sha256 === undefined ? [] : [{ href: `${base}/${path}`, label, sha256 }]
  })
}

const FILE_LABELS: readonly [name: RoundFileName, label: string][] = [
  ['ministry.csv', '厚生労働省への報告（CSV、UTF-8）'],
  ['ministry.cp932.csv', '厚生労働省への報告（CSV、Shift_JIS）'],
  ['ministry.xlsx', '厚生労働省への報告（Excel）'],
  ['internal.xlsx', '内部資料：順位と点数（Excel）'],
  ['archive.json', '保存用一式（JSON）'],
  ['snapshot.json', '選定の入力（JSON）'],
  ['result.json', '選定の結果（JSON）'],
  ['amended.json', '辞退を反映した結果（JSON）'],
  ['register.json', '病院台帳と回答の写し（JSON）'],
  ['checks.json', '確定前の確認（JSON）'],
]
