import type { AnswerLine } from '../../answer/lines.ts'
import { countedFrom, PUBLIC_FACTS, type PublicFactId } from '../../master/public-facts.ts'
import { labelOf } from '../../text/choice.ts'
import { letterDayText } from '../../text/dates.ts'
import type { PointId } from '../policy.ts'
import type { Candidate } from '../snapshot.ts'

type Known = Pick<Candidate, 'gmis' | 'publicFacts'>

/** 対策の状況: what is known of each of a hospital's safeguards, and which source is scored. For officers only. */
export function safeguardLines({ gmis, publicFacts }: Known, unknownValue: number): AnswerLine[] {
  return PUBLIC_FACTS.map(({ id, label }) => {
    const shown = publicFacts?.[id] ?? null
    const published = publicFacts ? `公表情報：${publicFactsText(publicFacts)}` : ''
    const counted = countedFrom(id, gmis, publicFacts)
    if (counted === 'unknown') return { label, text: `不明（評価値${unknownValue}）` }
    if (counted === 'public')
      return { label, text: `${yesOrNo(shown!)}（${published}。GMIS調査の回答がないため使用）` }
    const answered = gmis![id]!
    return { label, text: `${yesOrNo(answered)}（GMIS調査の回答）${beside(answered, shown, published)}` }
  })
}

/** What is published too, where the hospital's own answer counts. */
function beside(answered: boolean, shown: boolean | null, published: string): string {
  if (shown === null) return ''
  const also = answered === shown ? 'も' : 'では'
  return `。${published}${also}「${yesOrNo(shown)}」`
}

function yesOrNo(has: boolean): string {
  return has ? 'あり' : 'なし'
}

/** 施設基準の届出（診療録管理体制加算1）、令和7年10月1日現在 */
export function publicFactsText({ source, asOf }: NonNullable<Candidate['publicFacts']>): string {
  return `${source}、${letterDayText(asOf)}現在`
}

/** Whether something that earns points is one of a hospital's safeguards that is scored by what is published. */
export function isByPublicFact({ gmis, publicFacts }: Known, id: PointId): boolean {
  return isSafeguard(id) && countedFrom(id, gmis, publicFacts) === 'public'
}

function isSafeguard(id: PointId): id is PublicFactId {
  return PUBLIC_FACTS.some((fact) => fact.id === id)
}

/** The safeguards that are scored by what is published, with its source and day; null where there is none. */
export function countedPublicFacts(candidate: Known): string | null {
  const counted = PUBLIC_FACTS.filter(({ id }) => isByPublicFact(candidate, id))
  if (counted.length === 0) return null
  const labels = counted.map(({ id }) => labelOf(PUBLIC_FACTS, id)).join('、')
  return `${labels}（${publicFactsText(candidate.publicFacts!)}）`
}
