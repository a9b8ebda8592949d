import type { Choice } from '../text/choice.ts'

/**
 * The columns that the report to the ministry can have, in the order of the default. The ministry's own form is not
 * known: which of them it has, and in which order, is a setting.
 */
export const MINISTRY_COLUMN_IDS = [
  'prefecture',
  'order',
  'code',
  'name',
  'address',
  'region',
  'beds',
  'band',
  'emr',
  'emrPlannedMonth',
  'intent',
  'gmisConsent',
  'basis',
  'why',
  'department',
  'contactName',
  'phone',
  'email',
  'remarks',
] as const
export type MinistryColumnId = (typeof MINISTRY_COLUMN_IDS)[number]
export const MINISTRY_COLUMN_CHOICES: readonly Choice<MinistryColumnId>[] = [
  { id: 'prefecture', label: '都道府県名' },
  { id: 'order', label: '順位' },
  { id: 'code', label: '医療機関コード' },
  { id: 'name', label: '医療機関名' },
  { id: 'address', label: '所在地' },
  { id: 'region', label: '二次医療圏' },
  { id: 'beds', label: '許可病床数' },
  { id: 'band', label: '病床規模区分' },
  { id: 'emr', label: '電子カルテ導入状況' },
  { id: 'emrPlannedMonth', label: '導入予定時期' },
  { id: 'intent', label: '希望する支援内容' },
  { id: 'gmisConsent', label: 'GMIS調査回答の活用' },
  { id: 'basis', label: '選定区分' },
  { id: 'why', label: '選定理由' },
  { id: 'department', label: '担当部署' },
  { id: 'contactName', label: '担当者名' },
  { id: 'phone', label: '電話番号' },
  { id: 'email', label: 'メールアドレス' },
  { id: 'remarks', label: '備考' },
]

export const DEFAULT_MINISTRY_COLUMNS = MINISTRY_COLUMN_CHOICES.map(({ label }) => label).join(',')

/** Reads the setting: headers in the order of the file, between commas. */
export function parseMinistryColumns(
  text: string,
): { ok: true; columns: MinistryColumnId[] } | { ok: false; message: string } {
  const headers = text
    .split(/[,、，]/)
    .map((header) => header.trim())
    .filter(Boolean)
  if (headers.length === 0) return { ok: false, message: '列を1つ以上選んでください。' }
  const unknown = headers.find((header) => !IDS.has(header))
  if (unknown !== undefined)
    return {
      ok: false,
      message: `「${unknown}」という列はありません。次の中から選んでください：${DEFAULT_MINISTRY_COLUMNS}`,
    }
  const repeated = headers.find((header, index) => headers.indexOf(header) !== index)
  if (repeated !== undefined)
    return { ok: false, message: `「${repeated}」が2回あります。1回だけ指定してください。` }
  return { ok: true, columns: headers.map((header) => IDS.get(header)!) }
}

/** The setting's text for these columns. */
export function ministryColumnsText(columns: readonly MinistryColumnId[]): string {
  return columns.map((id) => LABELS.get(id)!).join(',')
}

const IDS = new Map(MINISTRY_COLUMN_CHOICES.map(({ id, label }) => [label, id]))
const LABELS = new Map(MINISTRY_COLUMN_CHOICES.map(({ id, label }) => [id, label]))
