import type { Reading } from '../../domain/selection/reading.ts'
import { type Stability, stabilityOf } from '../../domain/selection/stability.ts'
import { inThread } from '../../files/thread/in-thread.ts'

/** Where it stands with what other points would make of a selection. */
export type StabilityStanding =
  | { kind: 'known'; stability: Stability }
  /** It would take longer than a page may: an officer asks for it. */
  | { kind: 'unasked' }
  /** It is worked out beside the pages. */
  | { kind: 'at-work' }
  | { kind: 'failed' }

/** Up to so many eligible hospitals the runs take no longer than a page may. */
const AT_ONCE = 400

/** For each reading, that is until a fact changes. */
const works = new WeakMap<Reading, Work>()

interface Work {
  standing: StabilityStanding
  done: Promise<void>
}

/**
 * Never waits.
 * @param asked begins with it where it is not at hand, and again where it has failed
 */
export function stabilityStanding(reading: Reading, asked = false): StabilityStanding {
  const work = works.get(reading)
  if (work && !(asked && work.standing.kind === 'failed')) return work.standing
  if (reading.rows.filter(({ eligible }) => eligible).length <= AT_ONCE) {
    const standing = { kind: 'known', stability: stabilityOf(reading) } as const
    works.set(reading, { standing, done: Promise.resolve() })
    return standing
  }
  return asked ? begin(reading) : { kind: 'unasked' }
}

/** The same once it is worked out: whoever waits for it keeps nobody else waiting. */
export async function stabilityDone(reading: Reading): Promise<StabilityStanding> {
  stabilityStanding(reading, true)
  await works.get(reading)!.done
  return works.get(reading)!.standing
}

export function knownStability(standing: StabilityStanding): Stability | null {
  return standing.kind === 'known' ? standing.stability : null
}

function begin(reading: Reading): StabilityStanding {
  const work: Work = { standing: { kind: 'at-work' }, done: Promise.resolve() }
  works.set(reading, work)
  // As one text: to copy thousands of hospitals one by one would hold up the pages.
  const snapshot = JSON.stringify(reading.snapshot)
  work.done = inThread<Stability>('stability', { snapshot }).then(
    (made) => {
      work.standing = made.ok ? { kind: 'known', stability: made.value } : { kind: 'failed' }
    },
    () => {
      work.standing = { kind: 'failed' }
    },
  )
  return work.standing
}
