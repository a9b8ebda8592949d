import { monthText } from '../../survey/period.ts'
import type { IneligibleReason } from '../eligibility.ts'
import type { Explanation } from '../explain/explain.ts'
import type { Policy } from '../policy.ts'
import type { Candidate } from '../snapshot.ts'

/** What keeps a hospital out, and what would all have to change. */
export function obstacleSentences({ candidate, obstacles }: Explanation, policy: Policy): string[] {
  const cures = obstacles.map((obstacle) => cureOf(obstacle, policy))
  return [
    ...obstacles.map((obstacle) => obstacleSentence(obstacle, candidate, policy)),
    `${cures.join('と、')}があれば、対象となります。`,
  ]
}

function obstacleSentence(obstacle: IneligibleReason, candidate: Candidate, policy: Policy): string {
  switch (obstacle) {
    case 'excluded':
      return `県の判断により対象外としています（理由：${candidate.override?.reason ?? ''}）。`
    case 'no_band':
      return `許可病床数（${candidate.beds}床）が、どの病床規模区分にも該当しません。`
    case 'no_submission':
      return '回答がありません。'
    case 'no_emr':
      return '電子カルテを導入しておらず、導入の予定もないとの回答です。'
    case 'emr_too_late':
      return lateSentence(candidate.submission?.emrPlannedMonth ?? null, policy)
    case 'undecided':
      return '活用意向は検討中との回答です。'
    case 'no_intent':
      return '支援を希望しないとの回答です。'
  }
}

function lateSentence(planned: string | null, { supportPeriodEnd }: Policy): string {
  if (planned === null) return '電子カルテの導入予定の時期が分かりません。'
  return `電子カルテの導入予定（${monthText(planned)}）が、支援期間（${monthText(supportPeriodEnd)}まで）に間に合いません。`
}

/** Each by itself takes its obstacle away. */
function cureOf(obstacle: IneligibleReason, { supportPeriodEnd }: Policy): string {
  const emr = `${monthText(supportPeriodEnd)}までの電子カルテの導入（予定を含む）`
  switch (obstacle) {
    case 'excluded':
      return '対象外とする判断の取消し'
    case 'no_band':
      return '病床規模区分の見直し'
    case 'no_submission':
      return `${emr}と支援の希望についての回答`
    case 'no_emr':
    case 'emr_too_late':
      return emr
    case 'undecided':
    case 'no_intent':
      return '支援を希望する旨の回答'
  }
}
