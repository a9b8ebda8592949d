import { deadlineText, openingText, periodOf } from '../survey/period.ts'
import { prefectureOf } from '../survey/prefecture.ts'
import { SETTING_LABELS, type Settings } from '../survey/settings.ts'
import { dayText, fiscalYearText, monthText } from '../text/dates.ts'
import { grouped } from '../text/grouped.ts'
import { filledIn, placeholdersIn } from '../text/placeholders.ts'

/** What a text of the notice may leave to the settings, and what it says now. */
interface Placeholder {
  name: string
  /** Where it comes from, for whoever writes. */
  source: string
  /** '' while nobody has set it. */
  read(settings: Settings): string
}

export const PLACEHOLDERS: readonly Placeholder[] = [
  { name: '調査の名称', source: SETTING_LABELS.title, read: ({ title }) => title },
  { name: '発出者', source: SETTING_LABELS.issuer, read: ({ issuer }) => issuer },
  {
    name: '年度',
    source: SETTING_LABELS.fiscalYear,
    read: ({ fiscalYear }) => set(fiscalYear, fiscalYearText),
  },
  {
    name: '事業の期間',
    source: SETTING_LABELS.fiscalYear,
    // While nobody has set the year, only that it takes one is said.
    read: ({ fiscalYear }) => (fiscalYear === null ? '1年' : fiscalYearText(fiscalYear)),
  },
  {
    name: '受付開始',
    source: SETTING_LABELS.opensAt,
    read: (settings) => set(periodOf(settings), openingText),
  },
  {
    name: '回答期限',
    source: SETTING_LABELS.closesAt,
    read: (settings) => set(periodOf(settings), deadlineText),
  },
  {
    name: 'GMIS調査の実施日',
    source: SETTING_LABELS.gmisSurveyOn,
    read: ({ gmisSurveyOn }) => set(gmisSurveyOn, dayText),
  },
  {
    name: '連絡開始時期',
    source: SETTING_LABELS.contractorContactFrom,
    read: ({ contractorContactFrom }) => set(contractorContactFrom, monthText),
  },
  {
    name: '全国の病院数',
    source: SETTING_LABELS.nationalSeats,
    read: ({ nationalSeats }) => set(nationalSeats, grouped),
  },
  {
    name: '支援予定病院数',
    source: SETTING_LABELS.prefectureSeats,
    read: ({ prefectureSeats }) => grouped(prefectureSeats),
  },
  { name: '都道府県名', source: SETTING_LABELS.prefecture, read: ({ prefecture }) => prefecture },
  {
    name: '都道府県',
    source: SETTING_LABELS.prefecture,
    read: ({ prefecture }) => prefectureOf(prefecture).kind,
  },
  {
    name: '都道府県内',
    source: SETTING_LABELS.prefecture,
    read: ({ prefecture }) => prefectureOf(prefecture).within,
  },
  {
    name: '本都道府県',
    source: SETTING_LABELS.prefecture,
    read: ({ prefecture }) => prefectureOf(prefecture).own,
  },
]

function set<Value>(value: Value | null, text: (value: Value) => string): string {
  return value === null ? '' : text(value)
}

/**
 * The text with what is set. A part in ［ ］ that names something is left out while that is not set: 「［{年度}に］実施します」.
 * Brackets around anything else stay, and what is not set outside of brackets is left out by itself.
 */
export function filledText(text: string, settings: Settings): string {
  const values = new Map(PLACEHOLDERS.map(({ name, read }) => [name, read(settings)]))
  let filled = text
  // From the innermost brackets outwards: what is left within outer ones has been filled by then.
  for (let before = ''; before !== filled; ) {
    before = filled
    filled = filled.replace(OPTIONAL, (whole, inner: string) => optional(whole, inner, values))
  }
  return withoutKept(filledIn(filled, values))
}

/** Brackets without others in them. */
const OPTIONAL = /［([^［］]*)］/g
/** Stand for brackets that are part of the text while the outer ones are looked at. No text has them: they are private use. */
const KEPT = { open: '\ue000', close: '\ue001' }

function optional(whole: string, inner: string, values: ReadonlyMap<string, string>): string {
  const names = placeholdersIn(inner)
  if (names.length === 0) return `${KEPT.open}${whole.slice(1, -1)}${KEPT.close}`
  return names.some((name) => values.get(name) === '') ? '' : inner
}

function withoutKept(text: string): string {
  return text.replaceAll(KEPT.open, '［').replaceAll(KEPT.close, '］')
}
