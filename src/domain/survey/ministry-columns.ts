import { type FurtherField, type FurtherQuestion, furtherField } from '../answer/further.ts'
import { type AnswerId, questionOf } from '../answer/questions.ts'
import type { Choice } from '../text/choice.ts'
import { distinctLabels } from '../text/distinct.ts'

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
type FixedColumnId = (typeof MINISTRY_COLUMN_IDS)[number]
/** A further question of the edition is a column only where it is chosen. */
export type MinistryColumnId = FixedColumnId | FurtherField
/** What was answered is called as in every file. */
export type OwnColumnId = Exclude<FixedColumnId, AnswerId>

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

/** Those of every edition. */
export const MINISTRY_COLUMN_CHOICES: readonly Choice<FixedColumnId>[] = MINISTRY_COLUMN_IDS.map((id) => ({
  id,
  label: isOwnColumn(id) ? OWN_LABELS[id] : questionOf(id).fileLabel,
}))

/** With the further questions of this edition behind them, each under a label of its own. */
export function ministryColumnChoices(further: readonly FurtherQuestion[]): Choice<MinistryColumnId>[] {
  const labels = distinctLabels(
    further.map(({ label }) => label),
    MINISTRY_COLUMN_CHOICES.map(({ label }) => label),
  )
  return [
    ...MINISTRY_COLUMN_CHOICES,
    ...further.map(({ id }, index) => ({ id: furtherField(id), label: labels[index]! })),
  ]
}

/** Whether a column says what was answered to a further question. */
export function isFurtherColumn(id: MinistryColumnId): id is FurtherField {
  return id.startsWith(furtherField(''))
}

/** Whether a column says something else than what was answered. */
export function isOwnColumn(id: MinistryColumnId): id is OwnColumnId {
  return Object.hasOwn(OWN_LABELS, id)
}

export const DEFAULT_MINISTRY_COLUMNS = MINISTRY_COLUMN_CHOICES.map(({ label }) => label).join(',')

/**
 * Reads the setting: headers in the order of the file, between commas. A further question stands there by its field, as
 * its label may change, or have a comma in it.
 */
export function parseMinistryColumns(
  text: string,
): { ok: true; columns: MinistryColumnId[] } | { ok: false; message: string } {
  const headers = text
    .split(/[,、，]/)
    .map((header) => header.trim())
    .filter(Boolean)
  if (headers.length === 0) return { ok: false, message: '列を1つ以上選んでください。' }
  const unknown = headers.find((header) => idOf(header) === null)
  if (unknown !== undefined)
    return {
      ok: false,
      message: `「${unknown}」という列はありません。次の中から選んでください：${DEFAULT_MINISTRY_COLUMNS}`,
    }
  const repeated = headers.find((header, index) => headers.indexOf(header) !== index)
  if (repeated !== undefined)
    return { ok: false, message: `「${repeated}」が2回あります。1回だけ指定してください。` }
  return { ok: true, columns: headers.map((header) => idOf(header)!) }
}

/** The setting's text for these columns. */
export function ministryColumnsText(columns: readonly MinistryColumnId[]): string {
  return columns.map((id) => LABELS.get(id) ?? id).join(',')
}

function idOf(header: string): MinistryColumnId | null {
  if (FURTHER_COLUMN.test(header)) return header as FurtherField
  return IDS.get(header) ?? null
}

const FURTHER_COLUMN = /^q\.[a-z][a-z0-9_]{0,31}$/

const IDS = new Map(MINISTRY_COLUMN_CHOICES.map(({ id, label }) => [label, id]))
const LABELS = new Map<MinistryColumnId, string>(MINISTRY_COLUMN_CHOICES.map(({ id, label }) => [id, label]))
