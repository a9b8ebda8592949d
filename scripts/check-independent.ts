import { parseArgs } from 'node:util'
import { disagreement, stabilityDisagreement } from '../test/independent/compare.ts'
import { generated } from '../test/independent/generate.ts'

/**
 * Compares the engine with the second one (`test/independent`) on generated snapshots: every result to the last byte, every twentieth
 * with all runs of the stability. `npm run check:independent -- --count 20000 --seed 1`
 */
const { values } = parseArgs({
  options: { count: { type: 'string', default: '20000' }, seed: { type: 'string', default: '1' } },
})
const STABILITY_EVERY = 20

let [compared, withRuns, different] = [0, 0, 0]
for (let index = 0; index < Number(values.count); index += 1) {
  const snapshot = generated(`${values.seed}-${index}`)
  const runs = index % STABILITY_EVERY === 0
  const found = disagreement(snapshot) ?? (runs ? stabilityDisagreement(snapshot) : null)
  compared += 1
  withRuns += runs ? 1 : 0
  if (found === null) continue
  different += 1
  process.stdout.write(`${values.seed}-${index}: ${found}\n`)
}
process.stdout.write(
  `${compared} snapshots compared (${withRuns} with the runs of the stability), ${different} different\n`,
)
process.exitCode = different === 0 ? 0 : 1
