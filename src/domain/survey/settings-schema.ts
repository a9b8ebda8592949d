import { z } from 'zod'
import { readFiscalYear } from '../text/typed-dates.ts'
import { editionExamples } from './edition-examples.ts'
import { earliestRetentionDay } from './retention.ts'
import { SETTING_VALUES } from './setting-values.ts'
import {
  SETTING_DEFAULTS,
  SETTING_LABELS,
  type SettingKey,
  type Settings,
  type SettingsRefusal,
} from './settings.ts'

/** The texts as typed → the settings; one message a bad key, saying what to enter. */
const settingsSchema: z.ZodType<Settings, Record<SettingKey, string>> = z
  .object(SETTING_VALUES)
  .refine(({ opensAt, closesAt }) => opensAt === null || closesAt === null || opensAt < closesAt, {
    path: ['closesAt'],
    message: '受付開始日時より後にしてください。',
  })
  .refine(
    ({ originalClosesAt, closesAt }) =>
      originalClosesAt === null || (closesAt !== null && originalClosesAt < closesAt),
    {
      path: ['originalClosesAt'],
      message: '延長後の回答期限より前にしてください。延長していない場合は、空欄にしてください。',
    },
  )
  .superRefine((settings, context) => {
    const { retentionUntil } = settings
    if (retentionUntil === null) return
    const earliest = earliestRetentionDay(settings)
    const message =
      earliest === null
        ? '回答期限を設定してから入力してください。'
        : `個人情報の取扱いのページで示した保存期間（${settings.retentionYears}年）が過ぎる日（${earliest.words}）以後にしてください。`
    if (earliest === null || retentionUntil < earliest.day)
      context.addIssue({ code: 'custom', path: ['retentionUntil'], message })
  })

/**
 * Reads the stored texts over the defaults.
 * @returns the settings, or one refusal a bad key with what to do, in Japanese.
 */
export function parseSettings(
  stored: Partial<Record<string, string>>,
): { ok: true; settings: Settings } | { ok: false; refusals: SettingsRefusal[] } {
  const unknown = Object.keys(stored).filter((key) => !Object.hasOwn(SETTING_DEFAULTS, key))
  const texts = { ...SETTING_DEFAULTS, ...stored }
  const parsed = settingsSchema.safeParse(texts)
  const refusals = [
    ...unknown.map((key) => ({
      key,
      message: 'この設定項目はありません。settings show で項目名を確かめてください。',
    })),
    ...(parsed.success
      ? []
      : parsed.error.issues
          .map((issue) => refusal(issue, texts))
          .filter(({ key }) => !unknown.includes(key))),
  ]
  return parsed.success && refusals.length === 0
    ? { ok: true, settings: parsed.data }
    : { ok: false, refusals }
}

/** 「調査の名称を入力してください。」, 「回答期限は、「…」のように入力してください。」: each says which setting it is about. */
function refusal(issue: z.core.$ZodIssue, texts: Record<SettingKey, string>): SettingsRefusal {
  const key = String(issue.path[0] ?? '')
  if (!isSettingKey(key)) return { key, message: issue.message }
  const label = SETTING_LABELS[key]
  const whole = issue.code === 'custom' ? (issue.params?.whole as string | null | undefined) : null
  if (whole) return { key, message: `${label}：${whole}` }
  const message = issue.message.replace('{選択}', CHOICE_ADVICE[key] ?? '')
  const examples = editionExamples(readFiscalYear(texts.fiscalYear))
  const words = message.replace(/\{([^{}]+)\}/g, (_, name: string) => examples[name] ?? name)
  return { key, message: words === '入力してください。' ? `${label}を${words}` : `${label}は、${words}` }
}

const CHOICE_ADVICE: Partial<Record<SettingKey, string>> = {
  noticeConfirmed: 'yes（確認した）または no（まだ確認していない）を指定してください。',
  resultsPublished: 'yes（受付票に表示する）または no（表示しない）を指定してください。',
  unmatchedAnswersWait: 'yes（照合待ちとする）または no（有効として受け付ける）を指定してください。',
  adminSecondFactor: 'yes（管理者には必須とする）または no（各自が設定する）を指定してください。',
  secondApproval: 'yes（別の人が決裁する）または no（担当者が確定する）を指定してください。',
}

export function isSettingKey(key: string): key is SettingKey {
  return Object.hasOwn(SETTING_DEFAULTS, key)
}
