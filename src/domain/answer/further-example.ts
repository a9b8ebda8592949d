import type { FurtherOption, FurtherQuestion } from './further.ts'

/**
 * What an edition for hospitals with many external connection points would ask, as the programme of 令和8年度 is
 * announced: how many there are and of which kinds, whether they are drawn up, whether the vendor helps, and whether
 * the hospital would bear its part of the cost. An example to begin with, in the officers' hands from then on.
 */
export const EXAMPLE_2026: readonly FurtherQuestion[] = [
  question('links', 'number', '外部接続点の数', {
    shortLabel: '外部接続点',
    support:
      '院外のネットワークと接続している箇所の数です。インターネット、機器の遠隔保守の回線、ほかの施設との専用線などを合わせて数えてください。',
    required: true,
    unit: 'か所',
  }),
  question('link_kinds', 'text', '外部接続点の種類', {
    shortLabel: '接続点の種類',
    support: '例：インターネット、部門システムの遠隔保守、地域医療連携ネットワーク',
  }),
  question('map', 'choice', 'ネットワーク構成図の有無', {
    shortLabel: '構成図',
    required: true,
    options: [option('yes', 'あり'), option('part', '一部のみあり'), option('no', 'なし')],
  }),
  question('vendor', 'choice', '保守事業者の協力の見込み', {
    shortLabel: '事業者の協力',
    support: '調査と改修に、電子カルテシステムなどの保守事業者の協力を得られるかをお答えください。',
    required: true,
    options: [option('yes', '得られる'), option('asking', '調整中'), option('no', '得られない')],
  }),
  question('cost', 'choice', '改修の費用を負担する意向', {
    shortLabel: '費用の負担',
    support: '補助の対象とならない部分の費用です。金額は、調査の後にお知らせします。',
    required: true,
    options: [option('yes', '負担できる'), option('undecided', '検討中'), option('no', '負担できない')],
  }),
]

function question(
  id: string,
  kind: FurtherQuestion['kind'],
  label: string,
  more: Partial<FurtherQuestion> & Pick<FurtherQuestion, 'shortLabel'>,
): FurtherQuestion {
  return { id, kind, label, support: '', required: false, unit: '', options: [], isEnded: false, ...more }
}

function option(id: string, label: string): FurtherOption {
  return { id, label, isEnded: false }
}
