import { FILE_NAMES } from '../rounds/files.ts'
import { type RecordKind, type Step, verdictOf } from './sentence.ts'

/** 確定結果: what was proposed, confirmed, changed afterwards and taken away. */
export const ROUNDS: RecordKind = {
  id: 'rounds',
  label: '選定の確定・報告',
  nouns: { round: '確定結果', proposal: '起案' },
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

function fileOf({ detail }: Step): string {
  return FILE_NAMES.find(({ name }) => name === detail.text('file'))?.label ?? 'ファイル'
}
