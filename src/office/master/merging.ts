import type { Stores } from '../../db/stores.ts'
import type { Hospital } from '../../domain/master/hospital.ts'
import { overrideLabel } from '../../domain/record/override.ts'
import type { Prefecture } from '../../domain/survey/prefecture.ts'
import {
  type ConfirmedResult,
  type ConfirmedResults,
  confirmedResults,
  confirmedText,
} from '../rounds/confirmed.ts'
import { frozenRoundReader } from '../rounds/frozen.ts'

/** Two hospitals of the master that are to be one, and what that means for what hangs on them. */
export interface Merging {
  kept: Hospital
  gone: Hospital
  /** What becomes of the answers, the decisions and the links, a sentence each. */
  consequences: string[]
  /** Why they cannot be one (this way round); null where they can. */
  refusal: string | null
  /** The other way round it can be done. */
  isOtherWay: boolean
}

/** What merging would do, without doing it. */
export function mergingOf(
  stores: Stores,
  kept: Hospital,
  gone: Hospital,
  place: Prefecture,
  now: Date,
): Merging {
  const confirmed = confirmedResults(stores)
  const refusal = refusalOf(stores, confirmed, { kept, gone, place })
  return {
    kept,
    gone,
    consequences: consequencesOf(stores, kept, gone, now),
    refusal,
    isOtherWay: refusal !== null && refusalOf(stores, confirmed, { kept: gone, gone: kept, place }) === null,
  }
}

/** Who stays where nobody says otherwise: who has a place in a confirmed round, is not closed, has answered. */
export function staysBefore(stores: Stores, a: Hospital, b: Hospital): boolean {
  const confirmed = confirmedResults(stores)
  const [placeOfA, placeOfB] = [a, b].map(({ key }) => placeIn(confirmed, key) !== null)
  if (placeOfA !== placeOfB) return placeOfA!
  if (a.isClosed !== b.isClosed) return b.isClosed
  const hasAnswered = ({ key }: Hospital) => stores.submissions.currentOf(key) !== null
  return hasAnswered(a) || !hasAnswered(b)
}

interface Pair {
  kept: Hospital
  gone: Hospital
  place: Prefecture
}

/** A confirmed round goes on naming the hospital that it named: that one has to stay. */
function refusalOf(
  stores: Stores,
  confirmed: ConfirmedResults | null,
  { kept, gone, place }: Pair,
): string | null {
  const [ofKept, ofGone] = [placeIn(confirmed, kept.key), placeIn(confirmed, gone.key)]
  if (ofKept && ofGone)
    return `「${kept.name}」は${confirmedText(ofKept)}、「${gone.name}」は${confirmedText(ofGone)}と、どちらも確定結果に入っています。確定結果は変えられないため、統合できません。一方を調査から外す場合は、閉院の登録と、必要に応じて辞退の記録を行ってください。`
  if (ofGone)
    return `「${gone.name}」は${confirmedText(ofGone)}と、確定結果に入っています。確定結果の病院が残るように、残す病院を入れ替えてください。`
  const open = stores.editions.open()
  const proposed = open && frozenRoundReader(stores)(open).reading.rows.find(({ code }) => code === gone.key)
  if (proposed && proposed.decision !== 'ineligible')
    return `「${gone.name}」は、決裁を待っている起案に入っています。起案を決裁するか取り下げてから、統合してください。`
  const overrides = stores.overrides.active()
  const [first, second] = [kept, gone].map(({ key }) =>
    overrides.find(({ hospitalCode }) => hospitalCode === key),
  )
  if (first && second)
    return `どちらの病院にも${place.kind}の判断（「${kept.name}」は${overrideLabel(first.kind, place)}、「${gone.name}」は${overrideLabel(second.kind, place)}）が登録されています。先に一方の判断を取り消してください。`
  return null
}

function placeIn(confirmed: ConfirmedResults | null, key: string): ConfirmedResult | null {
  const result = confirmed?.get(key)
  return result && result.kind !== 'out' ? result : null
}

function consequencesOf(stores: Stores, kept: Hospital, gone: Hospital, now: Date): string[] {
  const answers = stores.submissions.ofHospital(gone.key)
  const current = answers.find(({ state }) => state === 'current')
  const counted = stores.submissions.currentOf(kept.key)
  const others = answers.filter((answer) => answer !== current).map(({ number }) => number)
  const isFor = ({ hospitalCode }: { hospitalCode: string }) => hospitalCode === gone.key
  const open = stores.lateLinks
    .all()
    .filter(({ usedAt, revokedAt, expiresAt }) => !usedAt && !revokedAt && expiresAt > now)
  const [openOfGone, openOfKept] = [
    open.filter(isFor),
    open.filter(({ hospitalCode }) => hospitalCode === kept.key),
  ]
  const gmis = stores.gmis.all()
  return [
    `「${gone.name}」は、公開の一覧と数から外れます。このコードやアドレスで開くと、「${kept.name}」のページへ案内します。`,
    ...(current && counted
      ? [
          `「${gone.name}」の回答 ${current.number} は、「${kept.name}」の重複として確認待ちになります。有効な回答は ${counted.number} のままです。`,
        ]
      : []),
    ...(current && !counted
      ? [`「${gone.name}」の回答 ${current.number} が、「${kept.name}」の有効な回答になります。`]
      : []),
    ...(others.length > 0
      ? [`ほかの回答（${others.join('、')}）も、状態を変えずに「${kept.name}」へ移ります。`]
      : []),
    ...(gmis.has(gone.key) ? [gmisText(kept, gone, gmis.has(kept.key))] : []),
    ...(stores.overrides.active().some(isFor)
      ? [`登録済みの判断（指定または除外）は、「${kept.name}」のものになります。`]
      : []),
    ...(openOfGone.length > 0
      ? [
          openOfKept.length > 0
            ? `期限後受付のリンクは両方にあるため、「${gone.name}」に発行したリンクを使えなくします。`
            : `「${gone.name}」に発行した期限後受付のリンクは、「${kept.name}」のリンクとして使えます。`,
        ]
      : []),
    '登録内容、回答、記録は削除されません。統合は、後で取り消すことができます。',
  ]
}

function gmisText(kept: Hospital, gone: Hospital, isOfBoth: boolean): string {
  return isOfBoth
    ? `GMIS調査の回答は、「${kept.name}」のものを残し、「${gone.name}」のものは使いません。必要な場合は、改めて取り込んでください。`
    : `「${gone.name}」のGMIS調査の回答は、「${kept.name}」のものになります。`
}
