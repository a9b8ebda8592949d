import type { Texts } from '../../domain/record/shown.ts'
import { bandLabel } from '../../domain/selection/bands.ts'
import { type Policy, SHORTFALLS } from '../../domain/selection/policy.ts'
import { policySettings } from '../../domain/selection/policy-settings.ts'
import { RULE_LABELS } from '../../domain/selection/words/policy.ts'
import {
  RESULTS_PUBLISHED_CHOICES,
  SECOND_APPROVAL_CHOICES,
  SETTING_DEFAULTS,
  SETTING_LABELS,
  type SettingKey,
} from '../../domain/survey/settings.ts'
import type { Choice } from '../../domain/text/choice.ts'

/** One input of the settings page. */
export interface SettingField {
  name: string
  label: string
  value: string
  support: string | null
  size: 's' | 'm' | 'l'
  choices: readonly Choice<string>[] | null
  error: string | null
}

/** All but the report's columns, which have a page of their own. */
export const SURVEY_KEYS = (Object.keys(SETTING_DEFAULTS) as SettingKey[]).filter(
  (key) => key !== 'ministryColumns',
)

/** The survey's settings in the words of the notice. */
export function surveyFields(values: Texts, errors: Texts): SettingField[] {
  return SURVEY_KEYS.map((name) => ({
    name,
    label: SETTING_LABELS[name],
    value: values[name] ?? '',
    support: SURVEY_SUPPORT[name] ?? null,
    size: LONG.has(name) ? 'l' : NUMBERS.has(name) ? 's' : 'm',
    choices: SURVEY_CHOICES[name] ?? null,
    error: errors[name] ?? null,
  }))
}

/** A setting that was changed here and, since it was shown, by somebody else as well: in the words of the page. */
export interface SettingConflict {
  name: string
  label: string
  now: string
  typed: string
}

export function surveyConflicts(typed: Texts, now: Texts): SettingConflict[] {
  const names = SURVEY_KEYS.filter((name) => typed[name] !== undefined)
  return names.map((name) => ({
    name,
    label: SETTING_LABELS[name],
    now: wordsOf(name, now[name] ?? ''),
    typed: wordsOf(name, typed[name]!),
  }))
}

function wordsOf(name: SettingKey, text: string): string {
  const choice = SURVEY_CHOICES[name]?.find(({ id }) => id === text)
  const words = choice?.label ?? text
  return words === '' ? '空欄' : `「${words}」`
}

/** Of the policy what the ministry sets: the seats, and how they are shared out. */
export function seatKeys(policy: Policy): string[] {
  return [...policy.bands.map(({ id }) => `seats.${id}`), ...RULES.map(({ name }) => name)]
}

export function seatFields(policy: Policy, values: Texts, errors: Texts): SettingField[] {
  const bands = policy.bands.map((band) => ({
    name: `seats.${band.id}`,
    label: `${bandLabel(band)}の枠`,
    support: null,
    choices: null,
    size: 's' as const,
  }))
  const known = policySettings(policy)
  return [...bands, ...RULES].map((field) => ({
    ...field,
    value: values[field.name] ?? known[field.name] ?? '',
    error: errors[field.name] ?? null,
  }))
}

const LONG = new Set<string>(['title', 'issuer', 'resultsPublished'])
const NUMBERS = new Set<string>([
  'prefectureCode',
  'nationalSeats',
  'prefectureSeats',
  'fiscalYear',
  'retentionYears',
])

const SURVEY_CHOICES: Partial<Record<SettingKey, readonly Choice<string>[]>> = {
  resultsPublished: RESULTS_PUBLISHED_CHOICES,
  secondApproval: SECOND_APPROVAL_CHOICES,
}

const INSTANT_SUPPORT = '例：2024-03-18（その日の終わりまで）、2024-03-18T17:00'
const SURVEY_SUPPORT: Partial<Record<SettingKey, string>> = {
  issuedOn: '例：2024-03-08',
  opensAt: '例：2024-03-08（その日の始まりから）、2024-03-08T09:00',
  closesAt: INSTANT_SUPPORT,
  originalClosesAt:
    '回答期限を延長した場合に、延長前の期限を入力してください。公開ページに、延長したことを表示します。例：2024-03-18',
  contractorContactFrom: '例：2024-04',
  gmisSurveyOn: '例：2024-01-31',
  resultsPublished: '確定した選定の結果を、各病院の受付票に「選定」「補欠」などの形で表示するかどうか。',
  retentionYears: '個人情報の取扱いのページに表示します。',
  secondApproval:
    '担当者が2人以上いる場合は、別の人による決裁をお勧めします。起案した人は、自分の起案を決裁できません。',
}

const RULES: Pick<SettingField, 'name' | 'label' | 'support' | 'choices' | 'size'>[] = [
  {
    name: 'regionFloor',
    label: RULE_LABELS.regionFloor,
    support: '各医療圏から少なくとも選定する病院の数。0にすると、確保枠を設けません。',
    choices: null,
    size: 's',
  },
  { name: 'shortfall', label: RULE_LABELS.shortfall, support: null, choices: SHORTFALLS, size: 'm' },
  {
    name: 'supportPeriodEnd',
    label: RULE_LABELS.supportPeriodEnd,
    support: 'この月までに電子カルテを導入する病院が対象になります。例：2025-03',
    choices: null,
    size: 's',
  },
]
