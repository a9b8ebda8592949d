import type { Candidate } from '../../src/domain/selection/snapshot.ts'
import type { TestApp } from '../../test/support/app.ts'
import { AFTER_DEADLINE, confirm } from '../../test/support/decisions.ts'
import { invite } from '../../test/support/invitations.ts'
import { signedIn } from '../../test/support/officer.ts'
import { startWithRoutes } from '../../test/support/route-table.ts'
import { saveSubmission } from '../../test/support/submissions.ts'
import { changeFacts, eligibleCodes, fillGenerated } from '../generated-survey.ts'
import type { Size } from '../hospitals.ts'

const BY = { actor: 'bench', at: new Date('2024-03-18T00:00:00Z') }

export type BigOffice = Awaited<ReturnType<typeof bigOffice>>

/**
 * The officers' side over so many hospitals, at work: nearly all have answered, all were given a link, and some of the others
 * have been called.
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
  const [hospitalCode, other] = eligibleCodes(candidates) as [string, string]
  return {
    ...testApp,
    ...last,
    cookie,
    hospitalCode,
    get: async (url: string): Promise<Buffer> => {
      const { statusCode, rawPayload } = await testApp.app.inject({ url, headers: { cookie } })
      if (statusCode !== 200) throw new Error(`${url}: ${statusCode}`)
      return rawPayload
    },
    changeFacts: () => changeFacts(testApp.stores, other),
  }
}

function fill({ stores }: TestApp, size: Size): Candidate[] {
  stores.settings.change({ prefectureSeats: String(size.seats.reduce((sum, seats) => sum + seats)) }, BY)
  const candidates = fillGenerated(stores, size)
  const settled = { supportPeriodEnd: '2025-03', lotterySeed: '令和6年3月19日' }
  stores.policies.save({ ...stores.policies.current().policy, ...settled }, { ...BY, note: 'bench' })
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
  saveSubmission(stores, { hospital: other })
  const publication = { round: 1, isShown: true, follows: 0 }
  if (isConfirmed) stores.publications.set(publication, { ...BY, reason: '決裁済み' })
  return {
    answerNumber: stores.submissions.currentOf(answered[0]!.code)!.number,
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
