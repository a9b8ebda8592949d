import { HOSPITAL_FIELDS, type Hospital, NOTHING_FURTHER } from '../../src/domain/master/hospital.ts'
import { DEFAULT_POLICY } from '../../src/domain/selection/policy.ts'
import type { Candidate } from '../../src/domain/selection/snapshot.ts'
import type { TestApp } from '../../test/support/app.ts'
import { AFTER_DEADLINE, confirm } from '../../test/support/decisions.ts'
import { invite } from '../../test/support/invitations.ts'
import { signedIn } from '../../test/support/officer.ts'
import { startWithRoutes } from '../../test/support/route-table.ts'
import { saveSubmission } from '../../test/support/submissions.ts'
import { generatedSnapshot, type Size } from '../hospitals.ts'

const BY = { actor: 'bench', at: new Date('2024-03-18T00:00:00Z') }
const ACT = { ...BY, reason: 'bench' }

export type BigOffice = Awaited<ReturnType<typeof bigOffice>>

/**
 * The officers' side over so many hospitals, at work: nearly all have answered, each with a telephone and an address of
 * its own, some have been asked, called and given a link, and the first round is confirmed and shown.
 * @param isConfirmed the first round is confirmed and shown
 */
export async function bigOffice(size: Size, { isConfirmed = true } = {}) {
  const testApp = await startWithRoutes({
    now: AFTER_DEADLINE,
    environment: { SMTP_URL: 'smtp://127.0.0.1:1', MAIL_FROM: 'kakuho@example.jp' },
  })
  const candidates = testApp.stores.together(() => fill(testApp, size))
  const officer = await signedIn(testApp, { login: 'admin', role: 'admin' })
  if (isConfirmed)
    await confirm(officer, {
      acknowledged: 'yes',
      freeSeatsReason: '該当する病院がないため',
      waitingReason: '照会中のため',
    })
  const last = testApp.stores.together(() => atWork(testApp, candidates, isConfirmed))
  const cookie = [...officer.cookies].map(([name, value]) => `${name}=${value}`).join('; ')
  const open = ({ override, submission }: Candidate) =>
    override === null && submission?.emr === 'full' && submission.intent === 'both'
  const [hospitalCode, other] = candidates.filter(open).map(({ code }) => code) as [string, string]
  const { overrides } = testApp.stores
  return {
    ...testApp,
    ...last,
    officer,
    cookie,
    hospitalCode,
    get: async (url: string): Promise<Buffer> => {
      const { statusCode, rawPayload } = await testApp.app.inject({ url, headers: { cookie } })
      if (statusCode !== 200) throw new Error(`${url}: ${statusCode}`)
      return rawPayload
    },
    /** Another decision about one hospital: whatever hangs on the facts is read and computed anew. */
    changeFacts(): void {
      const inEffect = overrides.active().find((override) => override.hospitalCode === other)
      if (inEffect) overrides.undo(inEffect.id, ACT)
      else overrides.add({ hospitalCode: other, kind: 'exclude' }, ACT)
    },
  }
}

function fill(testApp: TestApp, size: Size): Candidate[] {
  const { stores } = testApp
  const { candidates, policy } = generatedSnapshot(size)
  stores.settings.change({ prefectureSeats: String(size.seats.reduce((sum, seats) => sum + seats)) }, BY)
  stores.hospitals.import(
    { hospitals: candidates.map(hospitalOf), fields: HOSPITAL_FIELDS },
    { ...BY, source: 'bench' },
  )
  const settled = { supportPeriodEnd: '2025-03', lotterySeed: '令和6年3月19日' }
  stores.policies.save({ ...DEFAULT_POLICY, ...settled, bands: policy.bands }, { ...BY, note: 'bench' })
  for (const [index, { code: hospital, submission, override }] of candidates.entries()) {
    if (submission) {
      const { submittedAt: at, ...answers } = submission
      const own = { phone: phoneOf(index + 1), email: `tanto@demo-${index}.example.jp` }
      saveSubmission(stores, { hospital, at, ...answers, ...own })
    }
    if (override) stores.overrides.add({ hospitalCode: hospital, kind: override.kind }, ACT)
  }
  return candidates
}

/** What the other lists show: links, calls, marks, unlinked answers and duplicates, in the measure of the survey. */
function atWork(testApp: TestApp, candidates: readonly Candidate[], isConfirmed: boolean) {
  const { stores } = testApp
  const [answered, silent] = [candidates.filter(isAnswered), candidates.filter((each) => !isAnswered(each))]
  invite(testApp, ...candidates.map(({ code }) => code))
  for (const [index, { code }] of silent.entries())
    if (index % 3 === 0) stores.contacts.add(code, 'bench', CALL, BY)
  for (const { code } of answered.slice(0, answered.length / 50)) saveSubmission(stores, { hospital: code })
  const other = { name: '架空病院', address: '架空町1', beds: 80 }
  const { number } = saveSubmission(stores, { hospital: other })
  const publication = { round: 1, isShown: true, follows: 0 }
  if (isConfirmed) stores.publications.set(publication, { ...BY, reason: '決裁済み' })
  return {
    answerNumber: stores.submissions.currentOf(answered[0]!.code)!.number,
    unlinkedNumber: number,
    silentCode: silent[1]!.code,
  }
}

function isAnswered({ submission }: Candidate): boolean {
  return submission !== null
}

const CALL = {
  way: 'phone',
  contactedAt: new Date('2024-03-15T01:00:00Z'),
  caller: '試験',
  reached: '総務課',
  result: 'promised',
  note: '週明けに回答',
} as const

function phoneOf(index: number): string {
  return `099-${String(2_000_000 + index).replace(/^(\d{3})/, '$1-')}`
}

function hospitalOf(candidate: Candidate, index: number): Hospital {
  const { code, name, region, beds, functions, inspection } = candidate
  return {
    ...NOTHING_FURTHER,
    key: code,
    medicalCode: code,
    naviiCode: null,
    name,
    kana: 'シケンビョウイン',
    region,
    municipality: '鹿児島市',
    address: `架空町${index}番1号`,
    phone: phoneOf(index),
    email: `somu@demo-${index}.example.jp`,
    beds,
    bedsByType: null,
    functions,
    inspection,
  }
}
