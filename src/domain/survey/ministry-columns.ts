import { type AnswerId, questionOf } from '../answer/questions.ts'
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
/** What was answered is called as in every file. */
export type OwnColumnId = Exclude<MinistryColumnId, AnswerId>

const OWN_LABELS: Record<OwnColumnId, string> = {
  prefecture: '都道府県名',
  order: '順位',
  code: '医療機関コード',
  name: '医療機関名',
  address: '所在地',
  region: '二次医療圏',
  beds: '許可病床数',
  band: '病床規模区分',
  basis: '選定区分',
  why: '選定理由',
}

export const MINISTRY_COLUMN_CHOICES: readonly Choice<MinistryColumnId>[] = MINISTRY_COLUMN_IDS.map((id) => ({
  id,
  label: isOwnColumn(id) ? OWN_LABELS[id] : questionOf(id).fileLabel,
}))

/** Whether a column says something else than what was answered. */
export function isOwnColumn(id: MinistryColumnId): id is OwnColumnId {
  return Object.hasOwn(OWN_LABELS, id)
}

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
