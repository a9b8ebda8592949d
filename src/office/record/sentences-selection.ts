import { OVERRIDE_IDS, overrideLabel } from '../../domain/record/override.ts'
import { counted, type RecordKind, type Step } from './sentence.ts'

/** 選定基準 and 選定案: everything before a confirmation. */
export const SELECTION: RecordKind = {
  id: 'selection',
  label: '選定基準・選定案',
  nouns: {
    policy: '選定基準',
    scenario: '検討案',
    override: `病院についての判断`,
    'rank-move': '順位の変更',
    'rank-moves': '順位の変更',
    selection: '選定案',
  },
  sentences: {
    'policy.saved': ({ subject, detail, names }) => {
      const scenario = detail.text('scenario')
      return scenario === ''
        ? ['選定基準を', names.policy(subject), 'として保存しました']
        : [`検討案「${scenario}」を、選定基準の`, names.policy(subject), 'として採用しました']
    },
    'scenario.created': (step) => [scenarioOf(step), 'を作成しました'],
    'scenario.saved': (step) => [scenarioOf(step), 'を変更しました'],
    'scenario.renamed': ({ subject, detail, names }) => [
      `検討案「${detail.text('before')}」の名前を`,
      names.scenario(subject, detail.text('after')),
      'に変更しました',
    ],
    'scenario.archived': (step) => [scenarioOf(step), 'を保管しました'],
    'scenario.reopened': (step) => [scenarioOf(step), 'を検討中に戻しました'],
    'override.added': (step) => [step.names.hospital(step.subject), `を「${overrideOf(step)}」にしました`],
    'override.undone': (step) => [
      step.names.hospital(step.subject),
      `の「${overrideOf(step)}」を取り消しました`,
    ],
    'rank-move.added': ({ subject, detail, names }) => [
      names.hospital(subject),
      `の順位を第${detail.number('position') ?? '－'}位に変更しました`,
    ],
    'rank-move.undone': ({ subject, detail, names }) => [
      names.hospital(subject),
      `の順位の変更（第${detail.number('position') ?? '－'}位）を取り消しました`,
    ],
    'rank-moves.replaced': ({ subject, detail, names }) => [
      names.round(subject),
      `の順位の変更をまとめて登録しました${counted(detail.list('moves').length, '病院')}`,
    ],
    'selection.exported': ({ detail }) => [
      FILES[detail.text('file')] ?? `選定案の順位${counted(detail.number('rows'), '病院')}を保存しました`,
    ],
  },
}

const FILES: Record<string, string> = {
  'snapshot.json': '選定案の検証用のファイル（入力）を保存しました',
  'result.json': '選定案の検証用のファイル（結果）を保存しました',
  'reasons.csv': '選定案の病院ごとの理由を保存しました',
  'order.xlsx': '選定案の順位表を保存しました',
}

function scenarioOf({ subject, detail, names }: Step) {
  return ['検討案', ...names.scenario(subject, detail.text('name'))]
}

function overrideOf({ detail, names }: Step): string {
  const kind = OVERRIDE_IDS.find((id) => id === detail.text('kind'))
  return kind ? overrideLabel(kind, names.place) : `${names.place.kind}の判断`
}
