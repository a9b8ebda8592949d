import { counted, type RecordKind, type Step } from './sentence.ts'

/** 病院台帳, and what was taken over about its hospitals. */
export const MASTER: RecordKind = {
  id: 'master',
  label: '病院台帳・GMIS',
  nouns: {
    hospital: '病院台帳',
    hospitals: '病院台帳',
    nonrespondents: '未回答の病院の一覧',
    gmis: 'GMIS調査の回答',
    'gmis-mapping': 'GMIS調査の設問の対応付け',
    'filing-mapping': '施設基準の届出と対策の対応付け',
    support: '過去の支援年度',
  },
  sentences: {
    'hospitals.imported': (step) => [`${fileOf(step)}を病院台帳に取り込みました（${importedText(step)}）`],
    'hospitals.exported': ({ detail }) => [`病院台帳${counted(detail.number('rows'), '病院')}を保存しました`],
    'nonrespondents.exported': ({ detail }) => [
      `未回答の病院の一覧${counted(detail.number('rows'), '病院')}を保存しました`,
    ],
    'hospital.added': (step) => [step.names.hospital(step.subject), 'を病院台帳に追加しました'],
    'hospital.edited': (step) => {
      const correction = step.detail.text('correction')
      return [
        step.names.hospital(step.subject),
        `の登録内容を変更しました${counted(step.detail.list('fields').length || null, '項目')}`,
        correction === '' ? '' : ['（', ...step.names.submission(correction), 'の訂正の申出による）'],
      ]
    },
    'hospital.closed': (step) => [step.names.hospital(step.subject), 'を閉院にしました'],
    'hospital.reopened': (step) => [step.names.hospital(step.subject), 'の閉院を取り消しました'],
    'hospital.merged': (step) => [
      `「${step.detail.text('goneName')}」を`,
      step.names.hospital(step.subject),
      'に統合しました',
    ],
    'hospital.merger-undone': (step) => [
      step.names.hospital(step.subject),
      `と「${step.detail.text('goneName')}」の統合を取り消しました`,
    ],
    'hospital.matched': (step) => [
      '取込みファイルの行を、',
      step.names.hospital(step.subject),
      'のものと確認しました',
    ],
    'hospitals.matched': ({ detail }) => [
      `取込みファイルの行と病院台帳の病院との対応を、まとめて確認しました${counted(detail.number('count'), '病院')}`,
    ],
    'hospital.match-undone': (step) => [
      '取込みファイルの行と',
      step.names.hospital(step.subject),
      'との対応の確認を取り消しました',
    ],
    'hospital.row-added': (step) => [
      '取込みファイルの行から、',
      step.names.hospital(step.subject),
      'を病院台帳に追加しました',
    ],
    'hospital.row-left-out': ({ detail }) => [
      `取込みファイルの「${detail.text('name')}」の行を、病院台帳に取り込まないことにしました`,
    ],
    'hospital.source-chosen': (step) => [
      step.names.hospital(step.subject),
      'の登録内容について、出所の異なる値のどれを用いるかを選びました',
    ],
    'support.carried-over': ({ subject, detail }) => [
      `${subject}に支援を受けた病院${counted(detail.number('hospitals'), '病院')}を、病院台帳に引き継ぎました`,
    ],
    'gmis.looked-at': (step) => [`${fileOf(step)}のGMIS調査の回答を読み込み、取込み前の確認をしました`],
    'gmis.forgotten': (step) => [
      step.names.hospital(step.subject),
      'のGMIS調査の回答を、活用への同意がなくなったため削除しました',
    ],
    'filing-mapping.changed': () => ['施設基準の届出と、公表情報による対策との対応付けを変更しました'],
    'gmis-mapping.changed': () => ['GMIS調査の設問と評価項目との対応付けを変更しました'],
    'gmis.imported': (step) => [
      `${fileOf(step)}からGMIS調査の回答を取り込みました（取込み${step.detail.number('stored') ?? 0}病院、同意がないため取り込まなかったもの${step.detail.number('withoutConsent') ?? 0}病院）`,
    ],
  },
}

/** The name of the file as it came. */
function fileOf({ subject }: Step): string {
  return `ファイル「${subject}」`
}

function importedText({ detail }: Step): string {
  const parts = [
    `追加${detail.number('added') ?? 0}病院`,
    `変更${detail.number('changed') ?? 0}病院`,
    `変更なし${detail.number('unchanged') ?? 0}病院`,
  ]
  if (detail.text('blank') === 'clear') parts.push('空欄は消去')
  return parts.join('、')
}
