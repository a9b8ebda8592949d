import type { FastifyInstance } from 'fastify'
import type { Stores } from '../../db/stores.ts'
import { type Change, compareSelections } from '../../domain/selection/comparison.ts'
import type { Policy, SnapshotPolicy } from '../../domain/selection/policy.ts'
import type { Reading } from '../../domain/selection/reading.ts'
import {
  bandTallies,
  type ChangeLine,
  changeLine,
  functionTallies,
  regionTallies,
  type TallyLine,
} from '../../domain/selection/words/comparison.ts'
import { problemTexts } from '../../domain/selection/words/decision.ts'
import { versionLabel } from '../../domain/selection/words/policy.ts'
import { type PolicyChange, policyChanges } from '../../domain/selection/words/policy-changes.ts'
import type { Choice } from '../../domain/text/choice.ts'
import type { Draft } from '../../office/draft/draft.ts'
import { regionOrder } from '../../office/region-order.ts'
import { fieldsOf } from '../../web/fields.ts'
import { forReaders } from '../access.ts'
import type { AdminOptions } from '../options.ts'
import { adminPage } from '../page.ts'
import { refusal } from '../refusals.ts'
import { labeller } from './further-questions.ts'
import { CURRENT } from './scenarios.ts'

/** What two policies select on the same facts, side by side and in words. */
export interface PolicyComparison {
  /** What each side is called. */
  before: string
  after: string
  changes: PolicyChange[]
  entering: ChangeLine[]
  leaving: ChangeLine[]
  rebased: ChangeLine[]
  /** Selected on both sides. */
  staying: number
  bands: TallyLine[]
  regions: TallyLine[]
  functions: TallyLine[]
  /** Why a round could not be confirmed under the policy after. */
  problems: string[]
}

/** In which order the regions stand, and what the further questions are called. */
interface ComparisonWords {
  byRegion: (a: string, b: string) => number
  labelled: (policy: Policy) => SnapshotPolicy
}

/** As the officers of a prefecture say it. */
export function comparisonWords(stores: Stores, prefectureCode: string): ComparisonWords {
  return { byRegion: regionOrder(prefectureCode), labelled: labeller(stores) }
}

interface Side {
  label: string
  policy: Policy
}

/** The policy that counts, as one side of a comparison. */
function currentSide({ policyVersion, policy }: Draft): Side {
  return { label: `現在の選定基準（${versionLabel(policyVersion)}）`, policy }
}

/** What a policy would select in the place of the one that counts. */
export function comparedWithCurrent(draft: Draft, after: Side, words: ComparisonWords): PolicyComparison {
  return policyComparison(draft, currentSide(draft), after, words)
}

function policyComparison(
  draft: Pick<Draft, 'withPolicy'>,
  before: Side,
  after: Side,
  { byRegion, labelled }: ComparisonWords,
): PolicyComparison {
  const compared = compareSelections(draft.withPolicy(before.policy), draft.withPolicy(after.policy))
  const lineOf = (change: Change) => changeLine(compared, change)
  return {
    before: before.label,
    after: after.label,
    changes: policyChanges(labelled(before.policy), labelled(after.policy)),
    entering: compared.entering.map(lineOf),
    leaving: compared.leaving.map(lineOf),
    rebased: compared.rebased.map(lineOf),
    staying: selectedIn(compared.after) - compared.entering.length,
    bands: bandTallies(compared),
    regions: regionTallies(compared, byRegion),
    functions: functionTallies(compared),
    problems: problemTexts(compared.after),
  }
}

function selectedIn({ rows }: Reading): number {
  return rows.filter(({ decision }) => decision === 'selected').length
}

interface ScenarioCompareModel {
  a: string
  b: string
  choices: Choice<string>[]
  comparison: PolicyComparison
  /** The page of the side after, where that is a scenario. */
  scenarioHref: string | null
  /** When the facts were first seen as they are. */
  takenAt: Date
}

declare module '../page.ts' {
  interface AdminViews {
    'admin/policy/scenario-compare': ScenarioCompareModel
  }
}

/** Two policies over today's facts side by side. Looking saves nothing. */
export function scenarioComparisonRoutes(
  app: FastifyInstance,
  { stores }: AdminOptions,
  readDraft: () => Draft,
): void {
  const { policies } = stores

  function sideOf(draft: Draft, name: string): Side | null {
    if (name === CURRENT) return currentSide(draft)
    const scenario = policies.scenarios.byName(name)
    return scenario && { label: scenario.name, policy: scenario.latest.policy }
  }

  app.get('/scenarios/compare', forReaders, async (request, reply) => {
    const [a, b] = ['a', 'b'].map((name) => fieldsOf(request.query).get(name) || CURRENT)
    const draft = readDraft()
    const [before, after] = [sideOf(draft, a!), sideOf(draft, b!)]
    if (!before || !after) return refusal(reply, 'not-found')
    const inUse = policies.scenarios.all().filter(({ archivedAt }) => archivedAt === null)
    const scenario = inUse.find(({ name }) => name === b)
    return adminPage(reply, 'admin/policy/scenario-compare', {
      a: a!,
      b: b!,
      choices: [
        { id: CURRENT, label: currentSide(draft).label },
        ...inUse.map(({ name }) => ({ id: name, label: name })),
      ],
      comparison: policyComparison(
        draft,
        before,
        after,
        comparisonWords(stores, request.site.prefectureCode),
      ),
      scenarioHref: scenario ? `/admin/scenarios/${scenario.id}` : null,
      takenAt: new Date(draft.snapshot.takenAt),
    })
  })
}
