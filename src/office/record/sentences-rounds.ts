import { dayText } from '../../domain/text/dates.ts'
import { FILE_NAMES } from '../rounds/files.ts'
import { type RecordKind, type Step, verdictOf } from './sentence.ts'

/** 確定結果: what was proposed, confirmed, changed afterwards and taken away. */
export const ROUNDS: RecordKind = {
  id: 'rounds',
  label: '選定の確定・報告',
  nouns: {
    round: '確定結果',
    proposal: '起案',
    approval: '決裁',
    report: '厚生労働省への報告',
    'report-draft': '厚生労働省への報告の案',
  },
  sentences: {
    'round.confirmed': (step) => [roundOf(step), 'を確定しました', approval(step)],
    'round.declined': (step) => [
      ...declined(step),
      'の辞退を',
      roundOf(step),
      'に記録しました',
      approval(step),
    ],
    'round.reopened': (step) => ['やり直した選定を、', roundOf(step), 'として確定しました', approval(step)],
    'round.verified': (step) => [roundOf(step), 'を計算し直して検証しました', verdictOf(step.detail)],
    'round.downloaded': (step) => [roundOf(step), `の${fileOf(step)}を保存しました`],
    'proposal.proposed': (step) => [
      step.detail.text('kind') === 'declined' ? [...declined(step).flat(), 'の辞退による'] : '',
      roundOf(step),
      'を起案しました（',
      step.names.proposal(step.detail.number('proposal'), ''),
      '）',
    ],
    'proposal.returned': (step) => [proposalOf(step), 'を差し戻しました'],
    'proposal.withdrawn': (step) => [proposalOf(step), 'を取り下げました'],
    'approval.recorded': (step) => [
      step.names.round(step.subject, step.detail.number('edition')),
      `の起案の文書番号と決裁日を記録しました${paperText(step)}`,
    ],
    'approval.corrected': (step) => [
      step.names.round(step.subject, step.detail.number('edition')),
      `の起案の文書番号と決裁日の記録を訂正しました${paperText(step)}`,
    ],
    'report.recorded': (step) => [
      reportOf(step),
      `を厚生労働省に提出したことを記録しました${sentText(step)}`,
    ],
    'report.replaced': (step) => [
      reportOf(step),
      `を、前の報告に代えて厚生労働省に提出したことを記録しました${sentText(step)}`,
    ],
    'report.corrected': (step) => [reportOf(step), `の記録を訂正しました${sentText(step)}`],
    'report.taken-back': (step) => [reportOf(step), 'の記録を取り消しました'],
    'report.downloaded': (step) => [reportOf(step), 'のファイルを保存しました'],
    'report-draft.downloaded': ({ subject, names }) => [
      names.round(subject),
      'などの厚生労働省への報告の案を保存しました',
    ],
    'proposal.downloaded': (step) => [proposalOf(step), `の${fileOf(step)}を保存しました`],
  },
}

function roundOf({ subject, detail, names }: Step) {
  return names.round(subject, detail.number('edition'))
}

function proposalOf({ subject, detail, names }: Step) {
  return names.proposal(detail.number('proposal'), subject)
}

function declined({ detail, names }: Step) {
  return [names.hospital(detail.text('declinedCode'))]
}

/** Where a second person approved: who had proposed. */
function approval({ detail, names }: Step): string {
  const proposer = detail.text('proposedBy')
  return proposer === '' ? '' : `（起案：${names.officer(proposer)}、決裁による確定）`
}

/** report 2 → 厚生労働省への報告（第2号） */
function reportOf({ subject }: Step): string {
  const number = / (\d{1,9})$/.exec(subject)?.[1]
  return number === undefined ? '厚生労働省への報告' : `厚生労働省への報告（第${number}号）`
}

function sentText({ detail }: Step): string {
  return aboutText([detail.text('documentNumber'), dayIn(detail.text('reportedOn'))])
}

function paperText({ detail }: Step): string {
  return aboutText([detail.text('documentNumber'), dayIn(detail.text('decidedOn'))])
}

function aboutText(parts: readonly string[]): string {
  const known = parts.filter(Boolean)
  return known.length === 0 ? '' : `（${known.join('、')}）`
}

function dayIn(text: string): string {
  return /^\d{4}-\d{2}-\d{2}$/.test(text) ? dayText(text) : ''
}

function fileOf({ detail }: Step): string {
  const file = detail.text('file')
  if (file === 'reasons.csv') return '病院ごとの理由（CSV）'
  return FILE_NAMES.find(({ name }) => name === file)?.label ?? 'ファイル'
}
