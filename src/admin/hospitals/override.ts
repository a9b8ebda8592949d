import type { Stores } from '../../db/stores.ts'
import { type OverrideKind, overrideLabel } from '../../domain/record/override.ts'
import { roundLabel } from '../../domain/record/round.ts'
import { bandLabel } from '../../domain/selection/bands.ts'
import { seatsText } from '../../domain/selection/words/decision.ts'
import { dateTimeText } from '../../domain/text/dates.ts'
import { officerNames } from '../../office/officer-names.ts'
import { leftOutCause } from '../../office/rounds/held-seats.ts'
import type { HospitalAct, Prepared, Target } from './act.ts'

/** 県指定 and 除外, and taking either back. */
export function overrideActs(stores: Stores): HospitalAct[] {
  return [
    { path: 'designate', title: '指定による選定', prepare: (target) => decide(stores, target, 'designate') },
    {
      path: 'exclude',
      title: '選定の対象からの除外',
      prepare: (target) => decide(stores, target, 'exclude'),
    },
    { path: 'undo-override', title: '指定または除外の取消し', prepare: (target) => undo(stores, target) },
  ]
}

/** A reason that is not written yet, where the draft that is tried already has to show one. */
const NO_REASON_YET = '（この画面で入力する理由）'

function decide(stores: Stores, target: Target, kind: OverrideKind): Prepared {
  const { draft, hospital, now: createdAt } = target
  const { place } = draft.reading
  const inEffect = overrideOf(target)
  const withoutBand = kind === 'designate' ? withoutBandText(target) : null
  const tried = {
    hospitalCode: hospital.key,
    kind,
    reason: NO_REASON_YET,
    createdAt,
  }
  return {
    heading: kind === 'designate' ? `${place.kind}の指定により選定する` : '選定の対象から除外する',
    sentences: kind === 'designate' ? designationTexts(target) : exclusionTexts(target),
    blocked: inEffect
      ? `この病院には、既に${overrideLabel(inEffect.kind, draft.reading.place)}が登録されています。変更するには、先にその判断を取り消してください。`
      : withoutBand,
    tried: inEffect || withoutBand ? null : draft.tried({ overrides: [...draft.overrides, tried] }),
    decided: [],
    position: null,
    button: kind === 'designate' ? `${place.kind}の指定を登録する` : '除外を登録する',
    store: (decision) =>
      stores.overrides.add({ hospitalCode: hospital.key, kind }, decision) === 'added' ? 'done' : 'too-late',
    done: kind,
  }
}

function undo(stores: Stores, target: Target): Prepared {
  const { draft } = target
  const inEffect = overrideOf(target)
  const { place } = draft.reading
  const label = inEffect ? overrideLabel(inEffect.kind, place) : `${place.kind}の判断`
  return {
    heading: `${label}を取り消す`,
    sentences: inEffect
      ? [
          `${dateTimeText(inEffect.createdAt)}に${officerNames(stores)(inEffect.author)}が登録した判断です。理由：${inEffect.reason}`,
          '取り消すと、この病院は回答と選定基準だけで判定されます。取り消した記録は残ります。',
        ]
      : [],
    blocked: inEffect ? null : 'この病院には、取り消す判断がありません。',
    tried: inEffect ? draft.tried({ overrides: withoutHospital(target) }) : null,
    decided: inEffect ? [{ kind: 'override', id: inEffect.id }] : [],
    position: null,
    button: '取り消す',
    store: (decision) =>
      inEffect && stores.overrides.undo(inEffect.id, decision) === 'undone' ? 'done' : 'too-late',
    done: 'override-undone',
  }
}

function overrideOf({ draft, hospital }: Target) {
  return draft.overrides.find(({ hospitalCode }) => hospitalCode === hospital.key)
}

function withoutHospital({ draft, hospital }: Target) {
  return draft.overrides.filter(({ hospitalCode }) => hospitalCode !== hospital.key)
}

/** Seats belong to bands. @returns null where the hospital is in one */
function withoutBandText({ draft, hospital }: Target): string | null {
  const { reading } = draft
  if (reading.row(hospital.key).band !== null) return null
  return `許可病床数（${hospital.beds}床）がどの病床規模区分にも該当しないため、${reading.place.kind}の指定はできません。許可病床数または病床規模区分を確認してください。`
}

function designationTexts({ draft, hospital }: Target): string[] {
  const { reading, held } = draft
  const band = reading.band(reading.row(hospital.key).band)
  const { submission } = reading.candidate(hospital.key)
  const leftOut = held.leftOut.get(hospital.key)
  return [
    ...(band && leftOut?.kind !== 'selected'
      ? [
          `点数や順位にかかわらず、${bandLabel(band)}の枠（${seatsText(draft.snapshot, band.seats)}）を1病院分使って選定します。`,
        ]
      : []),
    ...(submission === null
      ? ['この病院からは回答がありません。指定はできますが、病院の意向を確かめてから指定してください。']
      : []),
    ...(leftOut === undefined
      ? []
      : [`この病院は、${leftOutCause(leftOut)}、今回の選定の対象に含めていません。`]),
    ...confirmedText(draft, hospital),
  ]
}

function exclusionTexts({ draft, hospital }: Target): string[] {
  return ['点数や順位にかかわらず、この病院を選定の対象から除外します。', ...confirmedText(draft, hospital)]
}

/** What is confirmed stays: the act is about the round that comes, or where the hospital has its seat, about that one anew. */
function confirmedText({ snapshot, held }: Target['draft'], { key }: Target['hospital']): string[] {
  const leftOut = held.leftOut.get(key)
  if (leftOut?.kind === 'selected')
    return [`確定結果は変わりません。この判断は、${roundLabel(leftOut.round)}をやり直す場合に使われます。`]
  return snapshot.round > 1
    ? [`${roundLabel(snapshot.round)}の選定案に反映します。確定結果は変わりません。`]
    : []
}
