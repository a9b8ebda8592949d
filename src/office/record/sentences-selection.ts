import { LOT_METHODS } from '../../domain/lot/method.ts'
import { OVERRIDE_IDS, overrideLabel } from '../../domain/record/override.ts'
import { dayText } from '../../domain/text/dates.ts'
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
    lot: '抽選',
    fairness: '選定の公平性',
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
    'lot.method-chosen': ({ detail }) => [`抽選の方法を「${methodOf(detail.text('after'))}」に変更しました`],
    'lot.announced': ({ detail }) => [
      `抽選に用いるものとして「${detail.text('source')}」を登録しました`,
      detail.has('knownOn') ? `（結果の公表：${dayText(detail.text('knownOn'))}）` : '',
    ],
    'lot.drawn': ({ subject, detail, names }) => [
      names.round(subject),
      `の抽選を実施しました（${detail.has('value') ? `公表された結果：${detail.text('value')}` : `くじ番号：${detail.number('answers') ?? '－'}件`}）`,
    ],
    'lot.corrected': ({ subject, detail, names }) => [
      names.round(subject),
      `の抽選に用いた結果を「${detail.text('before')}」から「${detail.text('after')}」に訂正しました`,
    ],
    'lot.published': ({ subject, names }) => [names.round(subject), 'の抽選の結果を公開しました'],
    'fairness.exported': ({ subject, names }) => [
      subject === 'draft' ? '選定案' : names.round(subject),
      'の公平性の表を保存しました',
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

function methodOf(id: string): string {
  return LOT_METHODS.find((method) => method.id === id)?.label ?? id
}
