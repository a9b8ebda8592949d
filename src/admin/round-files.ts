import { toCsv } from '../files/csv.ts'
import { encodeCsv } from '../files/encoding.ts'
import { MINISTRY_COLUMNS, ministryRows } from '../files/ministry.ts'
import { type Draft, resultBytes, snapshotBytes } from './selection-draft.ts'

/** What a round consists of once it is confirmed. */
export interface RoundFileBytes {
  name: RoundFileName
  bytes: Buffer
}

export const ROUND_FILES = ['snapshot.json', 'result.json', 'ministry.csv', 'ministry.cp932.csv'] as const
export type RoundFileName = (typeof ROUND_FILES)[number]

/** The files as they would be frozen; or which character of the report CP932 cannot hold, and where. */
export function roundFiles(
  draft: Draft,
  prefecture: string,
): { ok: true; files: RoundFileBytes[] } | { ok: false; message: string } {
  const { snapshot, result, hospitals, submissions } = draft
  const csv = toCsv(MINISTRY_COLUMNS, ministryRows({ prefecture, snapshot, result, hospitals, submissions }))
  const [utf8, cp932] = [encodeCsv(csv, 'utf-8'), encodeCsv(csv, 'cp932')]
  if (!cp932.ok) return { ok: false, message: unencodableText(cp932, draft) }
  if (!utf8.ok) throw new Error('UTF-8 holds every character')
  return {
    ok: true,
    files: [
      { name: 'snapshot.json', bytes: snapshotBytes(snapshot) },
      { name: 'result.json', bytes: resultBytes(result) },
      { name: 'ministry.csv', bytes: utf8.bytes },
      { name: 'ministry.cp932.csv', bytes: cp932.bytes },
    ],
  }
}

interface Unencodable {
  row: number
  column: string
  character: string
  position: number
}

/** Row 2 of the file is the first hospital: named by its code, since the file is not there to look into. */
function unencodableText({ row, column, character, position }: Unencodable, { result }: Draft): string {
  const code = result.results.find(({ order }) => order === row - 1)?.code ?? ''
  return `医療機関コード${code}の「${column}」の${position}文字目「${character}」は、CP932にない文字です。病院台帳または回答の文字を置き換えてください。`
}
