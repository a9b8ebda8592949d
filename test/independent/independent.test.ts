import { expect, test } from 'vitest'
import { disagreement, stabilityDisagreement } from './compare.ts'
import type { Input } from './form.ts'
import { generated } from './generate.ts'

/** Thousands of them: `npm run check:independent`. */
const COUNT = 400

test('a second engine, written from the specification alone, says the same of generated snapshots to the last byte', () => {
  const different = seeds(COUNT).flatMap((seed) => {
    const found = disagreement(generated(seed))
    return found === null ? [] : [`${seed}: ${found}`]
  })
  expect(different).toEqual([])
})

test('and of the runs of their stability', () => {
  const different = seeds(25).flatMap((seed) => {
    const found = stabilityDisagreement(generated(seed))
    return found === null ? [] : [`${seed}: ${found}`]
  })
  expect(different).toEqual([])
})

test('what is generated has everything that a snapshot may have, and ties', () => {
  const all = seeds(COUNT).map(generated)
  const hospitals = all.flatMap(({ candidates }) => candidates)
  const questions = all.flatMap(({ policy }) => policy.questions ?? [])
  const seen = (holds: boolean[]) => holds.filter(Boolean).length
  const counts = {
    publicFacts: seen(hospitals.map(({ publicFacts }) => Boolean(publicFacts))),
    supportedIn: seen(hospitals.map(({ supportedIn }) => Boolean(supportedIn))),
    otherRound: seen(hospitals.map(({ otherRound }) => Boolean(otherRound))),
    extra: seen(hospitals.map(({ submission }) => Boolean(submission?.extra))),
    downwards: seen(questions.map((each) => each.kind === 'number' && each.fullAt < each.zeroAt)),
    barring: seen(
      questions.map(
        (each) => each.kind === 'choice' && each.options.some(({ eligible }) => eligible === false),
      ),
    ),
    many: seen(all.map(({ policy }) => (policy.questions?.length ?? 0) > 1)),
    moved: seen(all.map(({ moves }) => (moves?.length ?? 0) > 0)),
    sameBeds: seen(all.map(hasTwins)),
  }
  for (const [what, count] of Object.entries(counts)) expect([what, count > 20]).toEqual([what, true])
})

function seeds(count: number): string[] {
  return Array.from({ length: count }, (_, index) => `test-${index}`)
}

function hasTwins({ candidates }: Input): boolean {
  return new Set(candidates.map(({ beds }) => beds)).size < candidates.length
}
