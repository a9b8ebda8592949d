import { beforeEach, describe, expect, test } from 'vitest'
import type { Snapshot } from '../../../src/domain/selection/snapshot.ts'
import {
  AFTER_DEADLINE,
  BO,
  confirm,
  decline,
  HEI,
  KO,
  moreSeats,
  OTSU,
  SELECTION,
  sendForm,
  TEI,
} from '../../support/decisions.ts'
import { htmlOf } from '../../support/html.ts'
import { officeWith } from '../../support/office.ts'
import { saveSubmission } from '../../support/submissions.ts'

/** 甲, 乙 and 丁 are selected, 丙 and 戊 wait; what is decided is published. */
const office = officeWith({ now: AFTER_DEADLINE, ...SELECTION, confirmed: true })
const admin = office.officer({ login: 'kanri', role: 'admin' })
beforeEach(() => {
  office.stores.settings.change({ resultsPublished: 'yes' }, { actor: 'test', at: new Date(AFTER_DEADLINE) })
})

/** 選定, 補欠, 辞退 … on the hospital's receipt. */
async function word(hospital: string): Promise<string> {
  const { number, code } = office.stores.submissions
    .all()
    .find(({ hospitalCode, state }) => hospitalCode === hospital && state === 'current')!
  const reply = await office.app.inject({ url: `/receipts/${number}/${code}` })
  return htmlOf(reply).querySelector('.outcome__word')!.textContent!.trim()
}

/** What the selection that is prepared knows of a hospital from other rounds; null where it knows nothing. */
async function leftOut(hospital: string): Promise<string | null> {
  const { candidates }: Snapshot = JSON.parse((await admin.get('/admin/selection/snapshot.json')).body)
  return candidates.find(({ code }) => code === hospital)!.otherRound ?? null
}

const reopen = (round: number, ...reinstated: string[]) =>
  sendForm(
    admin,
    `/admin/rounds/${round}/reopen?${new URLSearchParams(reinstated.map((code) => ['reinstate', code]))}`,
    { reason: '選定の誤りが判明したため', freeSeatsReason: '希望がないため' },
  )

/** The same answer, corrected. */
function answerAgain(hospital: string, at: string): void {
  const { submissionId } = office.stores.submissions
    .all()
    .find(({ hospitalCode }) => hospitalCode === hospital)!
  saveSubmission(office.stores, { hospital, submissionId, at, remarks: '再回答' })
}

describe('a decline that was taken back is none, on the receipt as in the next selection', () => {
  test('the hospital waits again', async () => {
    await decline(admin, HEI)
    expect([await word(HEI), await leftOut(HEI)]).toEqual(['辞退', 'declined'])
    await reopen(1, HEI)
    expect([await word(HEI), await leftOut(HEI)]).toEqual(['補欠', null])
  })

  test('the hospital is selected again', async () => {
    await decline(admin, KO)
    await reopen(1, KO)
    expect([await word(KO), await word(HEI)]).toEqual(['選定', '補欠'])
  })

  test('and a round in between, which left it out because of it, has nothing to say', async () => {
    await decline(admin, HEI)
    moreSeats(office.stores, 2, 2)
    await confirm(admin)
    expect([await word(BO), await word(HEI)]).toEqual(['選定', '辞退'])
    await reopen(1, HEI)
    expect([await word(HEI), await leftOut(HEI)]).toEqual(['補欠', null])
  })

  test('a seat that is taken away when the round is done anew leaves the place on the waiting list', async () => {
    moreSeats(office.stores, 2, 2)
    await confirm(admin)
    moreSeats(office.stores, 1, 2)
    await reopen(1)
    expect([await word(KO), await word(OTSU)]).toEqual(['選定', '補欠'])
  })
})

describe('a decline that was not taken back stands', () => {
  test('also where the round was done anew, and says only that it left the hospital out', async () => {
    await decline(admin, KO)
    await reopen(1)
    expect([await word(KO), await leftOut(KO)]).toEqual(['辞退', 'declined'])
  })

  test('also in the round after it', async () => {
    await decline(admin, TEI)
    moreSeats(office.stores, 3, 1)
    await confirm(admin)
    expect([await word(TEI), await word(HEI)]).toEqual(['辞退', '選定'])
  })

  test('of one round while that of another was taken back', async () => {
    moreSeats(office.stores, 3, 1)
    await confirm(admin)
    await decline(admin, HEI, 2)
    await reopen(1)
    expect([await word(HEI), await leftOut(HEI)]).toEqual(['辞退', 'declined'])
  })

  test('where it is later than the answer that ended another round’s', async () => {
    moreSeats(office.stores, 3, 1)
    await confirm(admin)
    await decline(admin, HEI, 2)
    answerAgain(HEI, '2024-03-19T00:10:00Z')
    office.setNow('2024-03-19T00:20:00Z')
    await decline(admin, HEI, 1)
    expect([await word(HEI), await leftOut(HEI)]).toEqual(['辞退', 'declined'])
  })

  test('until a round has looked at the new answer', async () => {
    await decline(admin, TEI)
    answerAgain(TEI, '2024-03-19T00:10:00Z')
    expect([await word(TEI), await leftOut(TEI)]).toEqual(['辞退', null])
  })
})

test('who has answered again and waits in a later round reads 補欠', async () => {
  await decline(admin, HEI)
  answerAgain(HEI, '2024-03-19T00:10:00Z')
  office.setNow('2024-03-19T00:20:00Z')
  saveSubmission(office.stores, { hospital: '4610000060', at: '2024-03-18T10:00:00Z' })
  moreSeats(office.stores, 2, 2)
  await confirm(admin)
  expect([await word(BO), await word(HEI)]).toEqual(['選定', '補欠'])
})
