import type { Column } from '../table/csv.ts'

/** One letter as a row of the 差込み file. */
export interface MergeRow {
  kind: string
  name: string
  medicalCode: string | null
  postcode: string
  address: string
  person: string
  phone: string
  email: string
  number: string
  waiting: string
  documentNumber: string
  date: string
  subject: string
  body: string
  /** What speaks against sending it; '' where nothing does. */
  remark: string
}

/** What a word processor merges: an address, and the letter as it is filled in. */
export const MERGE_COLUMNS: readonly Column<MergeRow>[] = [
  { header: '結果の区分', value: ({ kind }) => kind },
  { header: '医療機関コード', value: ({ medicalCode }) => medicalCode },
  { header: '病院名', value: ({ name }) => name },
  { header: '郵便番号', value: ({ postcode }) => postcode || null },
  { header: '所在地', value: ({ address }) => address || null },
  { header: '担当者', value: ({ person }) => person || null },
  { header: '電話番号', value: ({ phone }) => phone || null },
  { header: 'メールアドレス', value: ({ email }) => email || null },
  { header: '受付番号', value: ({ number }) => number || null },
  { header: '補欠の順位', value: ({ waiting }) => waiting || null },
  { header: '文書番号', value: ({ documentNumber }) => documentNumber || null },
  { header: '日付', value: ({ date }) => date || null },
  { header: '発送前の確認', value: ({ remark }) => remark || null },
  { header: '件名', value: ({ subject }) => subject },
  { header: '本文', value: ({ body }) => body },
]
