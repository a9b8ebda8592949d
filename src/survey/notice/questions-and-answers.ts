import type { Settings } from '../../domain/survey/settings.ts'
import { fiscalYearText } from '../../domain/text/dates.ts'

/** One of the ministry's thirteen questions and answers, in our words. `/qa#q5` links to number 5. */
export interface QuestionAndAnswer {
  /** The ministry's own number, 1 to 13. */
  number: number
  question: string
  answer: string
  /** Points that the answer lists. */
  points: readonly string[]
  /** What the prefecture adds; '' where nothing. */
  note: string
}

/** What the texts take from the settings. */
type Edition = Pick<Settings, 'fiscalYear'>

export interface QuestionGroup {
  id: string
  heading: string
  questions: QuestionAndAnswer[]
}

/** All thirteen, grouped for reading. */
export function questionGroups(survey: Edition): QuestionGroup[] {
  const all = questionsAndAnswers(survey)
  return GROUPS.map(({ id, heading, numbers }) => ({
    id,
    heading,
    questions: numbers.map((number) => all[number - 1]!),
  }))
}

/** The ones that help with a question of the form, in the ministry's order. */
export function selectedQuestions(survey: Edition, numbers: readonly number[]): QuestionAndAnswer[] {
  return questionsAndAnswers(survey).filter(({ number }) => numbers.includes(number))
}

const GROUPS = [
  { id: 'eligibility', heading: '対象となる病院', numbers: [1, 2] },
  { id: 'procedure', heading: '支援の進み方', numbers: [3, 4, 10, 11, 12, 13] },
  { id: 'cost', heading: '費用', numbers: [5, 6] },
  { id: 'backup', heading: 'オフライン・バックアップ', numbers: [7, 8, 9] },
] as const

function questionsAndAnswers({ fiscalYear }: Edition): QuestionAndAnswer[] {
  // While nobody has set the year, only that it takes one is said.
  const year = fiscalYear === null ? '1年' : fiscalYearText(fiscalYear)
  return TEXTS.map(({ question, answer, points = [], note = '' }, index) => ({
    number: index + 1,
    question: question.replaceAll('{年度}', year),
    answer: answer.replaceAll('{年度}', year),
    points,
    note,
  }))
}

interface Text {
  question: string
  answer: string
  points?: readonly string[]
  note?: string
}

/** In the ministry's order: the place in this list is the question's number. */
const TEXTS: readonly Text[] = [
  {
    question: '電子カルテシステムは、病院全体に導入していないと対象になりませんか。',
    answer:
      'いいえ。院内の一部でも導入していれば、対象となります。例えば、一部の診療科だけに導入している場合や、すべての診療科に導入していても、医師の所見の一部が手書きであるなど電子化されていない部分がある場合も、対象に含まれます。',
  },
  {
    question: 'これから電子カルテシステムを導入する場合、いつまでに導入していればよいですか。',
    answer:
      '明確な期限は設けられていません。本事業の支援を受けるまでに導入が済んでいれば、差し支えありません。',
  },
  {
    question:
      '受託事業者は入札で1者に決まるとのことですが、支援対象病院には、その1者以外から連絡が来ることもありますか。',
    answer:
      'はい。受託事業者の関係企業や子会社、販売会社などの孫請け企業等を含むベンダーから、支援対象病院に連絡が来ることがあります。',
  },
  {
    question:
      '「外部ネットワークとの接続の安全性の検証・検査」と「オフライン・バックアップ体制の整備」は、両方を実施する必要がありますか。',
    answer:
      'サイバーセキュリティ対策を確保する観点から、可能な限り両方を実施することが望ましいとされています。',
    note: '回答フォームでは、どちらか一方のみの希望も選択できます。',
  },
  {
    question: '支援対象病院に、費用の負担はありますか。',
    answer:
      '検証・検査などの調査そのものについては、病院の費用負担はありません。ただし、新たにオフライン・バックアップを設定する場合、次の費用は病院の負担となります。',
    points: [
      'バックアップ媒体（クラウドサービスを含む）の購入',
      'ソフトウェアの購入',
      '保守管理',
      'データの復旧作業',
    ],
  },
  {
    question:
      'オフライン・バックアップ体制を整備する場合、一時的な経費はどのくらいですか。また、その後のデータの更新に費用はかかりますか。',
    answer:
      '整備の費用は、バックアップの範囲や容量などの仕様によって異なりますが、1テラバイト（TB）のバックアップで30万円から40万円程度と見込まれています。',
    note: '整備した後の保守管理の費用も、病院の負担となります（Q5を御覧ください）。',
  },
  {
    question:
      'バックアップの性能や復元のしやすさ、保存する世代の数などに決まりはありますか。どの程度の体制とするかは、経営の状況などに応じて病院が決めてよいですか。',
    answer: '病院で柔軟に判断いただいて差し支えありません。受託事業者との打合せの際に、御相談ください。',
  },
  {
    question:
      '「オフライン・バックアップ体制の整備」の支援を受けると、いつまでに機器を導入し、体制を整えなければならないという義務が生じますか。',
    answer:
      'いいえ。この支援では、執るべき体制の提案をもって、業務完了の目途とされています。機器の導入や体制の整備について、病院が期限の拘束を受けることはありません。',
  },
  {
    question:
      'オフライン・バックアップは、一度切り替えれば永続的に使えますか。また、ウイルスに感染したときに、どのように役立ちますか。',
    answer:
      '永続的に使えるものではありません。ただし、オフライン・バックアップはウイルスに感染しないため、速やかなデータの復旧に役立てることができます。',
  },
  {
    question: '事業は、{年度}を通して実施されますか。また、病院の都合などによって日程は変わりますか。',
    answer: 'はい。{年度}を通して実施されます。日程は、支援対象病院の都合などに応じて変わることがあります。',
  },
  {
    question: 'システムのベンダーは、ヒアリングに立ち会えますか。',
    answer:
      'はい。ベンダーでなければ対応できない内容も想定されますので、必要に応じて、ヒアリングなどに立ち会っていただいて差し支えありません。',
  },
  {
    question:
      '支援対象病院を選定した後、病院と受託事業者とのやりとりに、都道府県が間に入ることはありますか。',
    answer:
      'いいえ。選定した後は、受託事業者から支援対象病院に直接連絡がありますので、都道府県が間に入ることは想定されていません。',
  },
  {
    question: '支援対象に選定された病院には、どのような作業が生じますか。',
    answer:
      '次の作業が予定されています。所要時間は病院の規模によって異なるため一概にはいえませんが、厚生労働省は、受託事業者と実施方法の詳細を協議する際に、病院の負担の軽減にもできる限り配慮するとしています。',
    points: ['ネットワークの構成図の提出', '事前質問票の提出', 'ヒアリング（オンラインでも可）への対応 など'],
  },
]
