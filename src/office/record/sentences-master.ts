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
  },
  sentences: {
    'hospitals.imported': (step) => [`${fileOf(step)}を病院台帳に取り込みました（${importedText(step)}）`],
    'hospitals.exported': ({ detail }) => [`病院台帳${counted(detail.number('rows'), '病院')}を保存しました`],
    'nonrespondents.exported': ({ detail }) => [
      `未回答の病院の一覧${counted(detail.number('rows'), '病院')}を保存しました`,
    ],
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
