import { questionOf } from '../answer/questions.ts'
import type { ColumnRule, DocumentRules } from './classes.ts'
import { closed, open, published, unlessFew } from './rule.ts'

/*
 * The lists of the office, a line a file. Who answered what, and who did not answer, is a hospital's own affair: there the
 * hospitals' names go, and what is left are the times and the numbers.
 */

const SAFETY = ['safety', 'corporate'] as const
const FREE_TEXT = '自由に書かれた文です。個人の氏名や病院の事情を含むことがあります。'
const OFFICER =
  '職員の氏名です。職務の遂行に係る公務員の職と氏名は、条例により開示するのが通例です。担当課に確認してください。'
const MAIN_NUMBER =
  '病院台帳に連絡先として登録したものです。厚生局などが公表している代表番号と同じかを確認できた場合は、開示に変更できます。'

/** A hospital where its being on the list says something of it. */
const WHO = closed(
  ['corporate'],
  '医療機関コード、医療機関名、二次医療圏、市町村、許可病床数、病床規模区分',
  { note: '載っていること自体が、回答の有無や内容を示します。' },
)

const ANSWERS: ColumnRule[] = [
  ...closed(
    ['corporate'],
    '電子カルテ導入状況、導入予定時期、希望する支援内容、GMIS調査回答の活用、担当部署',
  ),
  ...closed(['individual'], '担当者名、電話番号、メールアドレス', {
    note: '病院の担当者です。公立病院の職員については、担当課に確認してください。',
  }),
  ...closed(['corporate', 'individual'], questionOf('remarks').fileLabel, { note: FREE_TEXT }),
]

const submissions: DocumentRules = {
  id: 'submissions',
  title: '回答一覧',
  files: [],
  columns: [
    ...open('受付番号、状態、受付方法、受付日時、訂正日時'),
    ...WHO,
    ...ANSWERS,
    ...closed(['corporate', 'individual'], questionOf('masterCorrection').fileLabel, { note: FREE_TEXT }),
    ...closed(['operations'], '照会・確認'),
    ...closed(['corporate'], '確認事項'),
  ],
}

const nonrespondents: DocumentRules = {
  id: 'nonrespondents',
  title: '未回答の病院と連絡の記録',
  files: [],
  columns: [
    ...WHO,
    ...closed(['corporate'], '電話番号、FAX番号、メールアドレス、回答用リンク、連絡の結果、ほかの回答'),
    ...open('連絡の回数、最後の連絡、連絡の方法'),
    ...closed(['individual'], '連絡した人', { note: OFFICER }),
    ...closed(['individual'], '応対した人'),
    ...closed(['corporate', 'individual'], '連絡のメモ', { note: FREE_TEXT }),
  ],
}

const invitations: DocumentRules = {
  id: 'invitations',
  title: '調査依頼の一覧',
  files: [],
  columns: [
    ...open(
      '医療機関名、医療機関コード、郵便番号、所在地、二次医療圏、市町村、許可病床数、回答期限、発行日時',
    ),
    ...closed(['operations'], '電話番号、FAX番号、メールアドレス', { note: MAIN_NUMBER }),
    ...closed(['operations'], '回答用リンク', {
      isSecret: true,
      note: '持っている人が、病院として回答できます。',
    }),
    ...closed(['corporate'], '状態、閲覧日時、受付番号、照合'),
  ],
}

const reminders: DocumentRules = {
  id: 'reminders/log',
  title: '督促の記録',
  files: [],
  columns: [
    ...open('日時、督促の機会、アドレス、結果、送信日時'),
    ...closed(['corporate'], '病院、件名'),
    ...closed(['individual'], '宛先'),
    ...closed(['individual'], '送った人', { note: OFFICER }),
  ],
}

/** What the sheet of the master has; it stands in its template too. */
const SHEET: ColumnRule[] = [
  ...open('医療機関コード、機関コード、医療機関名、フリガナ、二次医療圏、市町村、所在地、郵便番号'),
  ...closed(['operations'], '電話番号、メールアドレス、FAX番号', { note: MAIN_NUMBER }),
  ...open('許可病床数、一般病床、療養病床、精神病床、結核病床、感染症病床、医療機能、開設者種別'),
  ...open('施設基準、過去の支援年度、状態'),
  ...closed(SAFETY, '立入検査'),
  ...closed(['operations'], 'G-MIS ID'),
]

const hospitals: DocumentRules = {
  id: 'hospitals',
  title: '病院台帳',
  files: [],
  columns: [
    ...SHEET,
    ...closed(SAFETY, '確定結果', { note: '支援順位を含みます。選定された病院は、選定結果で開示します。' }),
    ...closed(['deliberation'], '次の選定での扱い'),
  ],
}

const template: DocumentRules = {
  id: 'hospitals/import/template',
  title: '病院台帳の様式',
  files: [],
  columns: [...SHEET, ...open('見出し、必要なもの、入力する内容、例')],
}

/** What a table of numbers shows of whom: a line about one or two hospitals tells what they said. */
const tally: DocumentRules = {
  id: 'tally',
  title: '集計',
  files: [],
  columns: [...open('表、行、列'), ...unlessFew('count', ['corporate'], '値')],
  note: '1又は2の病院を示す行は、行ごと不開示にします。差引きで分かる行が1行だけになるときは、もう1行を不開示にします。',
}

const fairness: DocumentRules = {
  id: 'fairness',
  title: '選定の公平性',
  files: [],
  columns: [
    ...open('表、区分、全病院、全病院の割合（％）、選定、選定の割合（％）、選定と全病院の差（ポイント）'),
    ...unlessFew(
      'count',
      ['corporate'],
      '回答、回答の割合（％）、選定対象、選定対象の割合（％）、選定と選定対象の差（ポイント）',
    ),
  ],
  note: '1又は2の病院を示す行は、選定対象を不開示にします。差引きで分かるときは、ほかの行も不開示にします。回答又は未回答が1又は2の行がある表は、回答を全て不開示にします。',
}

const letters: DocumentRules = {
  id: 'letters',
  title: '通知文（差込み用）',
  files: [],
  columns: [
    ...open('結果の区分、文書番号、日付'),
    ...closed(['corporate'], '医療機関コード、病院名、郵便番号、所在地、受付番号、件名'),
    ...closed(['individual'], '担当者、電話番号、メールアドレス'),
    ...closed(SAFETY, '補欠の順位'),
    ...closed(['operations'], '発送前の確認'),
    ...closed(['corporate', 'individual'], '本文', { note: '病院と担当者の名前、順位を含みます。' }),
  ],
}

const audit: DocumentRules = {
  id: 'audit',
  title: '操作の記録',
  files: [],
  columns: [
    ...open('番号、日時'),
    ...closed(['individual'], '操作した人', { note: OFFICER }),
    ...closed(['operations', 'corporate', 'individual'], '内容', {
      note: '病院、受付番号、担当者の氏名を含む文です。',
    }),
    ...closed(['deliberation', 'corporate', 'individual'], '理由', { note: FREE_TEXT }),
    ...closed(['operations'], '照合用の値', {
      note: '隠した文が短い場合に、値から元の文を探し当てられます。',
    }),
  ],
}

/** What is not decided yet: a draft is in no set, its classes are there for whoever is asked for it. */
const selection: DocumentRules = {
  id: 'selection',
  title: '選定案の順位',
  files: [],
  columns: [
    ...open('医療機関コード、医療機関名、二次医療圏、病床規模区分、許可病床数、取扱い'),
    ...closed(
      ['deliberation', ...SAFETY],
      '順位、区分内順位、点数、支援順位、補欠順位、理由、点数による順位、順位を変更した理由',
    ),
    ...closed(['deliberation'], '判定、選定区分、配点を変えた場合の選定割合'),
    ...closed(['deliberation', ...SAFETY], '公表情報'),
    {
      column: '観点ごとの点数（配点）',
      grounds: ['deliberation', ...SAFETY],
      pattern: /（配点\d+）$/,
    },
  ],
}

const order: DocumentRules = {
  id: 'selection/order',
  title: '順位表',
  files: [],
  columns: [
    ...open('医療機関コード、機関コード、医療機関名、二次医療圏、病床規模区分、許可病床数、取扱い'),
    ...closed(['deliberation', ...SAFETY], '順位、点数、判定、ダウンロード時の順位'),
  ],
}

export const LIST_DOCUMENTS: readonly DocumentRules[] = [
  hospitals,
  invitations,
  submissions,
  nonrespondents,
  reminders,
  tally,
  fairness,
  letters,
  audit,
  selection,
  order,
  template,
]

/** What a report has of a selected hospital: it shares the columns of the answers. */
export const REPORT_COLUMNS: readonly ColumnRule[] = [
  ...open('都道府県名、病床規模区分'),
  ...closed(SAFETY, '順位', { note: '公開する最低点と併せると、順位から点数が分かります。' }),
  ...published('医療機関コード、医療機関名、所在地、二次医療圏、許可病床数、選定区分'),
  ...closed(SAFETY, '選定理由', { note: '順位を含みます。' }),
  ...ANSWERS,
]
