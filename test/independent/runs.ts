import { asWritten, canonical, type Input, type Json, sha256 } from './form.ts'
import { basisOf } from './seats.ts'
import { CRITERIA, entrants, ranking } from './standing.ts'

/** In how many of all runs of the stability each hospital is selected; by code, the ineligible left out. */
export function timesSelected(given: Input): { runs: number; times: Map<string, number> } {
  const input = asWritten(given)
  const policies = changedPolicies(input)
  const times = new Map<string, number>()
  for (const policy of policies) {
    const run = { ...input, policy }
    const all = entrants(run)
    const order = ranking(all, run)
    const bases = basisOf(all, order, policy)
    for (const entrant of order)
      times.set(entrant.hospital.code, (times.get(entrant.hospital.code) ?? 0) + (bases.has(entrant) ? 1 : 0))
  }
  return { runs: policies.length, times }
}

function changedPolicies(input: Input): Input['policy'][] {
  const { policy } = input
  const keys = [...CRITERIA, ...(policy.questions ?? []).map(({ id }) => `q.${id}`)]
  const single = keys.flatMap((key) =>
    [800, 1200].map((factor) => scaled(policy, (each) => (each === key ? factor : 1000))),
  )
  const hash = sha256(canonical(input as unknown as Json))
  const perturbed = Array.from({ length: 200 }, (_, run) => {
    const groups = groupsOf(`${hash}:${run}`, keys.length)
    return scaled(policy, (key) => 800 + (groups[keys.indexOf(key)]! % 401))
  })
  return [...single, ...perturbed]
}

/** Four hex digits each of the run's text: 16 of its hash, the next 16 of the hash with `:1`, and so on. */
function groupsOf(text: string, count: number): number[] {
  const blocks = Array.from({ length: Math.ceil(count / 16) }, (_, block) =>
    sha256(block === 0 ? text : `${text}:${block}`),
  )
  return Array.from({ length: count }, (_, index) => {
    const from = 4 * (index % 16)
    return Number.parseInt(blocks[Math.floor(index / 16)]!.slice(from, from + 4), 16)
  })
}

function scaled(policy: Input['policy'], factorOf: (key: string) => number): Input['policy'] {
  const points = (key: string, before: number) => Math.floor((before * factorOf(key) + 500) / 1000)
  return {
    ...policy,
    criteria: Object.fromEntries(
      Object.entries(policy.criteria).map(([key, each]) => [key, points(key, each)]),
    ),
    ...(policy.questions && {
      questions: policy.questions.map((question) => ({
        ...question,
        points: points(`q.${question.id}`, question.points),
      })),
    }),
  }
}
