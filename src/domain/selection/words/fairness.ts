import {
  type Fairness,
  type FairnessCounts,
  type FairnessGroup,
  type FairnessPart,
  type FairnessPartId,
  shareDifference,
  shareOf,
} from '../fairness.ts'

export const FAIRNESS_LABELS: Record<FairnessPartId, string> = {
  band: '病床規模区分',
  region: '二次医療圏',
  function: '医療機能',
  ownership: '開設者種別',
}

/** 43.2％; － where there is nothing to have a share of. */
export function shareText(part: number, whole: number): string {
  const tenths = shareOf(part, whole)
  return tenths === null ? '－' : `${(tenths / 10).toFixed(1)}％`
}

/** ＋9.2, －9.2, 0.0 */
export function differenceText(tenths: number): string {
  return `${tenths > 0 ? '＋' : tenths < 0 ? '－' : ''}${pointsText(tenths)}`
}

function pointsText(tenths: number): string {
  return (Math.abs(tenths) / 10).toFixed(1)
}

/** Fewer eligible hospitals than these are few: one more or less changes the share by much. */
const FEW = 10
/** A difference that is spoken of: in tenths of a point, and in hospitals. */
const NOTABLE = { tenths: 50, hospitals: 2 }
const NOTABLE_TEXT = `${NOTABLE.tenths / 10}ポイント以上かつ${NOTABLE.hospitals}病院分以上`

/** What the numbers of the whole selection mean. @param round whose selection it is: 1 = 初回選定 */
export function fairnessSentences({ total, declined }: Fairness, round: number): string[] {
  const { all, answered, eligible, selected } = total
  const counted = `病院${all}のうち、回答${answered}、選定対象${eligible}、選定${selected}です。`
  if (selected === 0) return [`${counted}選定した病院がないため、差は示しません。`]
  const one = (Math.round(1000 / selected) / 10).toFixed(1)
  return [
    `${counted}選定が${selected}病院のとき、1病院が${one}ポイントに当たります。`,
    '差は、区分ごとの枠、医療圏の確保枠、選定基準の配点などによって生じます。差があること自体は、選定が不公平であることを意味しません。差の理由を説明できるかを確かめるための資料です。',
    ...(round > 1 ? ['この回の選定です。ほかの回で選定した病院は、選定対象に含みません。'] : []),
    ...(declined > 0 ? [`辞退した${declined}病院は、選定対象にも選定にも含みません。`] : []),
    `選定対象が${FEW}病院以上で、選定と選定対象の差が${NOTABLE_TEXT}の区分を、表ごとに文章で示します。`,
  ]
}

/** How a part is counted. */
export function partNotes({ id }: FairnessPart, regionFloor: number): string[] {
  switch (id) {
    case 'band':
      return ['枠は区分ごとに定められているため、選定の割合は枠の配分によります。']
    case 'region':
      return regionFloor > 0 ? [`医療圏ごとに${regionFloor}病院以上を確保する選定基準です。`] : []
    case 'function':
      return ['2つ以上の機能をもつ病院は、それぞれに数えています。割合の合計は100％になりません。']
    case 'ownership':
      return ['現在の病院台帳の開設者種別によります。']
  }
}

/** The differences that are large enough to be spoken of, and of which groups nothing is said. */
export function partSentences({ groups }: FairnessPart, total: FairnessCounts): string[] {
  if (total.selected === 0 || groups.length === 0) return []
  const large = groups.filter(({ eligible }) => eligible >= FEW)
  const few = groups.filter(({ eligible }) => eligible > 0 && eligible < FEW)
  const notable = large.filter((group) => isNotable(group, total))
  const said =
    large.length === 0
      ? `選定対象が${FEW}病院以上の区分がないため、差については述べません。`
      : notable.length === 0
        ? `選定対象が${FEW}病院以上の区分に、${NOTABLE_TEXT}の差はありません。`
        : null
  return [
    ...notable.map((group) => notableSentence(group, total)),
    ...(said === null ? [] : [said]),
    ...(few.length === 0 || large.length === 0
      ? []
      : [
          `選定対象が${FEW}病院に満たない区分（${few.map(({ label, eligible }) => `${label}：${eligible}病院`).join('、')}）は、1病院の違いで割合が大きく変わるため、差については述べません。`,
        ]),
  ]
}

function isNotable(group: FairnessGroup, total: FairnessCounts): boolean {
  const tenths = Math.abs(shareDifference(group, total, 'eligible') ?? 0)
  const hospitals = Math.abs(group.selected * total.eligible - group.eligible * total.selected)
  return tenths >= NOTABLE.tenths && hospitals >= NOTABLE.hospitals * total.eligible
}

/** With how many hospitals it would be at the same share: a difference in points alone tells few people anything. */
function notableSentence(group: FairnessGroup, total: FairnessCounts): string {
  const { label, eligible, selected } = group
  const tenths = shareDifference(group, total, 'eligible')!
  const even = Math.round((eligible * total.selected) / total.eligible)
  const shares = `選定対象の${shareText(eligible, total.eligible)}、選定の${shareText(selected, total.selected)}`
  return `${label}は、${shares}です（${pointsText(tenths)}ポイント${tenths > 0 ? '高い' : '低い'}）。選定対象と同じ割合であれば約${even}病院のところ、${selected}病院です。`
}
