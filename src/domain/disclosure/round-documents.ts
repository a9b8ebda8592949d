import type { ColumnRule, DocumentRules } from './classes.ts'
import { REPORT_COLUMNS } from './list-documents.ts'
import { closed, onlyValues, open, unlessFew } from './rule.ts'

/*
 * The files that are frozen with a round. A place of a JSON file is its path; whatever is not disclosed is taken out as a
 * whole, so that not even what is missing there shows.
 */

const SAFETY = ['safety', 'corporate'] as const
const BASES = ['designated', 'rank', 'region_floor', 'redistributed', 'promoted']
const DESIGNATED = '指定・除外の理由は自由に書かれた文です。病院の事情を含みます。'

/** Every place below another one. */
function under(prefix: string, rules: readonly ColumnRule[]): ColumnRule[] {
  return rules.map((rule) => ({ ...rule, column: `${prefix}${rule.column}` }))
}

const SNAPSHOT: readonly ColumnRule[] = [
  ...open('format、round、takenAt'),
  ...open('policy', { isWhole: true, note: '選定基準、枠、配点、抽選に用いる文字列です。' }),
  ...closed(['deliberation', ...SAFETY], 'moves', { note: '順位を変更した理由と、変更後の順位です。' }),
  ...under('candidates[].', [
    ...open('code、name、region、beds、supportedIn'),
    ...open('functions', { isWhole: true }),
    ...closed(SAFETY, 'inspection、gmis、publicFacts'),
    ...closed(['corporate'], 'submission、otherRound'),
    ...closed(['deliberation', 'corporate'], 'override', { note: DESIGNATED }),
  ]),
]

const RESULT_ROW: readonly ColumnRule[] = [
  ...open('code、region、band'),
  ...closed(['corporate'], 'eligible、reason'),
  ...closed(SAFETY, 'score、values、rank、bandRank、order、waitlistPosition'),
  ...onlyValues(['selected'], ['corporate'], 'decision'),
  ...onlyValues(BASES, ['corporate'], 'basis'),
]

const RESULT: readonly ColumnRule[] = [
  ...open('format'),
  ...unlessFew('hash', ['operations'], 'snapshotSha256'),
  ...under('results[].', RESULT_ROW),
  ...open('bands[].id、bands[].seats、bands[].selected、bands[].shortfall'),
  ...unlessFew('count', ['corporate'], 'bands[].eligible'),
  ...open('regions[].id、regions[].selected、regions[].floor、regions[].shortfall'),
  ...unlessFew('count', ['corporate'], 'regions[].eligible'),
  ...open('problems', { isWhole: true }),
]

const AMENDED: readonly ColumnRule[] = [
  ...RESULT,
  ...closed(['corporate', 'deliberation'], 'amendments', { note: '辞退した病院と理由です。' }),
]

const REGISTER: readonly ColumnRule[] = [
  ...open('format、prefecture'),
  ...open('columns', { isWhole: true }),
  ...under('entries[].hospital.', [
    ...open('code、medicalCode、naviiCode、name、kana、region、municipality、address、beds'),
    ...open('bedsByType、functions', { isWhole: true }),
    ...closed(['operations'], 'phone、email'),
    ...closed(SAFETY, 'inspection'),
  ]),
  ...under('entries[].', [
    ...closed(['corporate'], 'number、lot', {
      note: 'くじ番号は、病院名のない抽選の記録で開示します。',
    }),
    ...closed(['corporate', 'individual'], 'answers', { note: '回答の全文です。担当者の氏名を含みます。' }),
    ...closed(['deliberation', 'corporate'], 'override', { note: DESIGNATED }),
  ]),
]

const CHECKS: readonly ColumnRule[] = [
  ...open('[].level'),
  ...closed(['deliberation', 'corporate'], '[].text', { note: '病院の名前を含むことがあります。' }),
  ...closed(['operations'], '[].href'),
]

/** Whoever acted: logins help those who try passwords. */
function act(path: string): ColumnRule[] {
  return under(`${path}.`, [
    ...open('at'),
    ...closed(['operations'], 'by'),
    ...closed(['individual'], 'name', { note: '職員の氏名です。条例により開示するのが通例です。' }),
    ...closed(['deliberation'], 'reason', { note: '自由に書かれた文です。' }),
  ])
}

const ARCHIVE: readonly ColumnRule[] = [
  ...open('format'),
  ...under('record.', [
    ...open('prefecture、round、edition、policyVersion'),
    ...closed(['deliberation'], 'freeSeatsReason', { note: '自由に書かれた文です。' }),
    ...act('proposed'),
    ...act('confirmed'),
    ...open('history[].action'),
    ...act('history[]'),
    ...open('audit', { isWhole: true }),
    ...open('follows[].round、follows[].edition'),
    ...unlessFew('hash', ['operations'], 'follows[].sha256'),
  ]),
  ...under('snapshot.', SNAPSHOT),
  ...under('result.', RESULT),
  ...closed(['corporate', 'deliberation'], 'amendment', {
    note: '辞退した病院と理由です。辞退を反映した結果は、別の文書として開示します。',
  }),
  ...open('files[].name、files[].encoding'),
  ...closed(['corporate', 'safety', 'individual'], 'files[].content', {
    note: '文書ごとに、別に開示します。',
  }),
  ...closed(['operations'], 'sha256.record、sha256.amendment、sha256.files', {
    note: '隠した文が短い場合に、値から元の文を探し当てられます。',
  }),
  ...unlessFew('hash', ['operations'], 'sha256.snapshot、sha256.result、sha256.archive'),
  ...open('signature', { isWhole: true }),
]

/** 内部資料: hospital by hospital, and the criteria. */
const INTERNAL: readonly ColumnRule[] = [
  ...open('医療機関コード、医療機関名、二次医療圏、許可病床数、病床規模区分'),
  ...closed(SAFETY, '支援順位、全体の順位、区分内の順位、点数', {
    note: '公開する最低点と併せると、順位から点数が分かります。',
  }),
  ...onlyValues(['選定'], ['corporate'], '判定'),
  ...closed(['corporate'], '選定区分'),
  ...closed(SAFETY, '理由、公表情報'),
  {
    column: '観点ごとの点数（配点）',
    grounds: SAFETY,
    pattern: /（配点\d+）$/,
    note: '立入検査の結果や対策の不足が分かります。',
  },
  ...open('項目、内容', { note: '選定基準の表です。' }),
]

const LOTTERY: readonly ColumnRule[] = [
  ...open('format、method、drawnAt、closesAt、seed、source、announcedAt、knownOn、value'),
  ...open('list[].number、list[].lot', { note: '公開するページと同じ表です。病院名はありません。' }),
  ...closed(['operations'], 'by'),
  ...closed(['individual'], 'witnesses', {
    note: '立会人の氏名です。公開のページに載せたものは開示できます。',
  }),
  ...under('corrections[].', [
    ...open('at、from'),
    ...closed(['operations'], 'by'),
    ...closed(['deliberation'], 'reason', { note: '自由に書かれた文です。' }),
  ]),
]

export const ROUND_DOCUMENTS: readonly DocumentRules[] = [
  {
    id: 'ministry',
    title: '厚生労働省への報告',
    files: ['ministry.csv', 'ministry.cp932.csv', 'ministry.xlsx'],
    columns: REPORT_COLUMNS,
  },
  {
    id: 'internal',
    title: '内部資料：順位と点数',
    files: ['internal.xlsx'],
    columns: INTERNAL,
    note: '「順位と点数」「対象外」のどちらのシートに載るかで対象かどうかが分かるため、1つの表にまとめ、医療機関コードの順に並べます。',
  },
  { id: 'snapshot.json', title: '選定の入力', files: ['snapshot.json'], columns: SNAPSHOT },
  { id: 'result.json', title: '選定の結果', files: ['result.json'], columns: RESULT },
  { id: 'amended.json', title: '辞退を反映した結果', files: ['amended.json'], columns: AMENDED },
  { id: 'register.json', title: '病院台帳と回答の写し', files: ['register.json'], columns: REGISTER },
  { id: 'checks.json', title: '確定前の確認', files: ['checks.json'], columns: CHECKS },
  { id: 'lottery.json', title: '抽選の記録', files: ['lottery.json'], columns: LOTTERY },
  {
    id: 'questions.json',
    title: '追加の質問',
    files: ['questions.json'],
    columns: [
      ...open('format'),
      ...open('questions', { isWhole: true, note: '病院に尋ねた質問と選択肢です。' }),
    ],
  },
  {
    id: 'reasons.json',
    title: '選定の理由',
    files: ['reasons.json'],
    columns: [
      ...open('format、reasons[].code'),
      ...closed(SAFETY, 'reasons[].officer、reasons[].hospital、reasons[].points、reasons[].ministry', {
        note: '病院ごとの順位、点数、対策の状況を含む文です。',
      }),
    ],
  },
  {
    id: 'reasons',
    title: '病院ごとの理由',
    files: ['reasons.csv'],
    columns: [
      ...open('医療機関コード、医療機関名、二次医療圏、病床規模区分'),
      ...onlyValues(['選定'], ['corporate'], '判定'),
      ...closed(['corporate'], '選定区分'),
      ...closed(
        SAFETY,
        '支援順位、点数、理由（内部用）、理由（病院に伝えるもの）、点数の説明（病院に伝えるもの）、選定理由（厚生労働省への報告）',
      ),
    ],
  },
  {
    id: 'classes.json',
    title: '開示の区分',
    files: ['classes.json'],
    columns: [...open('format、version'), ...open('files', { isWhole: true })],
  },
  { id: 'archive.json', title: '保存用一式', files: ['archive.json'], columns: ARCHIVE },
]

/** What still says how it was before anybody declined. */
const BEFORE_DECLINES = new Set(['result.json', 'archive.json'])

/**
 * The classes of a file of an edition after declines: who was selected at first tells, beside who is now, who has declined.
 * What an officer has decided has no condition left, and holds.
 */
export function afterDeclines({ id, columns }: Pick<DocumentRules, 'id' | 'columns'>): readonly ColumnRule[] {
  if (!BEFORE_DECLINES.has(id)) return columns
  return columns.map(({ opening, ...rule }) =>
    opening?.kind === 'values'
      ? {
          ...rule,
          grounds: ['corporate', 'deliberation'],
          note: '辞退の前後を比べると、辞退した病院が分かります。辞退を反映した結果で開示します。',
        }
      : { ...rule, ...(opening && { opening }) },
  )
}
