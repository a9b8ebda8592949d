import { buildApp } from '../src/app.ts'
import { readConfig } from '../src/config.ts'
import { openDatabase } from '../src/db/open.ts'
import { openStores, type Stores } from '../src/db/stores.ts'
import { HOSPITAL_FIELDS, type Hospital, NOTHING_FURTHER } from '../src/domain/master/hospital.ts'
import { DEFAULT_POLICY } from '../src/domain/selection/policy.ts'
import type { Candidate } from '../src/domain/selection/snapshot.ts'
import { keysInMemory } from '../test/support/app.ts'
import { signedIn } from '../test/support/officer.ts'
import { saveSubmission } from '../test/support/submissions.ts'
import { generatedSnapshot, type Size } from './hospitals.ts'

const NOW = new Date('2024-03-19T01:00:00Z')
const BY = { actor: 'bench', at: new Date('2024-03-18T00:00:00Z') }

/** An officer who is logged in to the program as it runs in production, over generated hospitals and their answers. */
export async function officerOver(size: Size) {
  const database = openDatabase(':memory:')
  const stores = openStores(database.db, () => NOW)
  const candidates = fillGenerated(stores, size)
  const config = { ...readConfig({ NODE_ENV: 'test', DATABASE_PATH: ':memory:' }), production: true }
  const keys = keysInMemory()
  const deps = {
    config,
    database,
    now: () => NOW,
    keys,
    side: 'admin' as const,
    logger: false,
  }
  const app = await buildApp(deps)
  const { cookies } = await signedIn({ app, stores, secret: keys.sessionSecret, now: () => NOW })
  const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ')
  const [hospitalCode, other] = eligibleCodes(candidates) as [string, string]
  return {
    get: async (url: string) => {
      const { statusCode } = await app.inject({ url, headers: { cookie } })
      if (statusCode !== 200) throw new Error(`${url}: ${statusCode}`)
    },
    changeFacts: () => changeFacts(stores, other),
    hospitalCode,
  }
}

/** Another decision about one hospital: the draft has to be read and computed anew. */
export function changeFacts({ overrides }: Stores, hospitalCode: string): void {
  const decision = { ...BY, reason: 'bench' }
  const inEffect = overrides.active().find((override) => override.hospitalCode === hospitalCode)
  if (inEffect) overrides.undo(inEffect.id, decision)
  else overrides.add({ hospitalCode, kind: 'exclude' }, decision)
}

/** Of those that may be selected. */
export function eligibleCodes(candidates: readonly Candidate[]): string[] {
  return candidates.filter(isEligible).map(({ code }) => code)
}

export function fillGenerated(stores: Stores, size: Size): Candidate[] {
  const { candidates, policy } = generatedSnapshot(size)
  const master = { hospitals: candidates.map(hospitalOf), fields: HOSPITAL_FIELDS }
  stores.hospitals.import(master, { ...BY, source: 'bench' })
  stores.policies.save({ ...DEFAULT_POLICY, bands: policy.bands }, { ...BY, note: 'bench' })
  for (const { code: hospitalCode, submission, override } of candidates) {
    if (submission) {
      const { submittedAt: at, ...answers } = submission
      saveSubmission(stores, { hospital: hospitalCode, at, ...answers })
    }
    if (override)
      stores.overrides.add({ hospitalCode, kind: override.kind }, { ...BY, reason: override.reason })
  }
  return candidates
}

function isEligible({ submission, override }: Candidate): boolean {
  return override === null && submission?.emr === 'full' && submission.intent === 'both'
}

function hospitalOf({ code, name, region, beds, functions, inspection }: Candidate): Hospital {
  return {
    key: code,
    medicalCode: code,
    naviiCode: null,
    name,
    kana: null,
    region,
    municipality: null,
    address: '架空町1番1号',
    phone: '099-000-0000',
    email: null,
    beds,
    bedsByType: null,
    functions,
    inspection,
    ...NOTHING_FURTHER,
  }
}
