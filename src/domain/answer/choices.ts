import type { Choice, ShortChoice } from '../text/choice.ts'

/**
 * What may be answered where a question offers a choice.
 *
 * One list a question: the zod enum, the database enum, the radio buttons, the CSV labels and the
 * generated test data all derive from it. Stored ids are stable ASCII; labels are only displayed.
 */

/** 電子カルテシステムの導入状況. Partly introduced counts (Q&A 1), planned is fine when in time (Q&A 2). */
export const EMR_IDS = ['full', 'partial', 'planned', 'none'] as const
export type Emr = (typeof EMR_IDS)[number]
export const EMR_CHOICES: readonly ShortChoice<Emr>[] = [
  { id: 'full', label: '導入済み（病院全体）', short: '導入済み' },
  { id: 'partial', label: '一部導入済み（一部の診療科など）', short: '一部導入' },
  { id: 'planned', label: '導入予定', short: '導入予定' },
  { id: 'none', label: '導入していない（予定もない）', short: 'なし' },
]

/** 本事業の活用意向. Both parts where at all possible (Q&A 4), one alone is allowed. */
export const INTENT_IDS = ['both', 'network', 'backup', 'undecided', 'none'] as const
export type Intent = (typeof INTENT_IDS)[number]
export const INTENT_CHOICES: readonly ShortChoice<Intent>[] = [
  { id: 'both', label: '両方の支援を希望する', short: '両方' },
  {
    id: 'network',
    label: '「外部ネットワークとの接続の安全性の検証・検査」のみ希望する',
    short: 'ネットワークのみ',
  },
  { id: 'backup', label: '「オフライン・バックアップ体制の整備」のみ希望する', short: 'バックアップのみ' },
  { id: 'undecided', label: '検討中（まだ決めていない）', short: '検討中' },
  { id: 'none', label: '希望しない', short: '希望しない' },
]

/** Who answers so wants support, whether it can have any or not. */
export function wantsSupport(intent: Intent): boolean {
  return intent !== 'undecided' && intent !== 'none'
}

/** GMIS調査の回答結果の活用の可否. */
export const CONSENT_IDS = ['yes', 'no'] as const
type Consent = (typeof CONSENT_IDS)[number]
export const CONSENT_CHOICES: readonly ShortChoice<Consent>[] = [
  { id: 'yes', label: '活用してよい', short: '可' },
  { id: 'no', label: '活用を希望しない', short: '否' },
]

/** How an answer that staff enter reached the prefecture. */
export const PROXY_CHANNEL_IDS = ['fax', 'phone', 'mail', 'paper', 'counter'] as const
export type ProxyChannel = (typeof PROXY_CHANNEL_IDS)[number]

/** How an answer reached the prefecture: by the hospital's own hand, or by the hand of its staff (代理入力). */
export const CHANNEL_IDS = ['web', ...PROXY_CHANNEL_IDS] as const
export type Channel = (typeof CHANNEL_IDS)[number]
export const PROXY_CHANNEL_CHOICES: readonly Choice<ProxyChannel>[] = [
  { id: 'fax', label: 'FAX' },
  { id: 'phone', label: '電話' },
  { id: 'mail', label: 'メール' },
  { id: 'paper', label: '郵送・書面' },
  { id: 'counter', label: '窓口' },
]
/** With the mark of what staff have entered: 代理入力（FAX）. */
export const CHANNEL_CHOICES: readonly Choice<Channel>[] = [
  { id: 'web', label: '回答フォーム' },
  ...PROXY_CHANNEL_CHOICES.map(({ id, label }) => ({ id, label: `代理入力（${label}）` })),
]

export function isProxy(channel: Channel): channel is ProxyChannel {
  return channel !== 'web'
}
