import { expect, test } from 'vitest'
import { slowForms } from '../support/growth.ts'
import { officeWith } from '../support/office.ts'
import { A, WORKBENCH } from '../support/workbench.ts'

/** As much text as one sending may hold, whatever it is made of, is answered as fast as plain letters. */

const office = officeWith({ ...WORKBENCH, shared: true })
const browser = office.officer({ role: 'admin' })
let minutes = 0

test.each([
  ['the login', '/admin/login', ['login', 'password', 'next']],
  ['the password', '/admin/password', ['current', 'password', 'passwordAgain']],
  ['the settings', '/admin/settings', ['title', 'issuer', 'closesAt', 'contactPhone', 'contactEmail']],
  ['the seats', '/admin/settings/seats', ['note', 'regionFloor', 'seats.small', 'supportPeriodEnd']],
  ['the columns of the report', '/admin/settings/ministry', ['place.code', 'place.name']],
  [
    'the policy',
    '/admin/policy',
    ['note', 'lotterySeed', 'bands.0.min', 'bands.0.id', 'points.bcp', 'regionFloor'],
  ],
  [
    'a policy tried',
    '/admin/policy/preview',
    ['supportPeriodEnd', 'bands.0.seats', 'shortfall', 'tieBreak.0'],
  ],
  ['a scenario', '/admin/scenarios', ['name', 'note']],
  ['the source of a draw', '/admin/lot/announcement', ['source', 'knownOn', 'shown']],
  ['the order by hand', '/admin/selection/order', ['codes', 'reason']],
  ['a late link', '/admin/late-links', ['lastDay', 'reason', 'hospitalCode']],
  ['a designation', `/admin/hospitals/${A}/designate`, ['reason', 'outcome']],
  ['a move', `/admin/hospitals/${A}/move`, ['position', 'reason']],
  ['which answer counts', '/admin/submissions/R-0001/current', ['reason']],
  ['whose an answer is', '/admin/submissions/R-0001/link', ['reason', 'hospitalCode']],
  ['the confirmation', '/admin/selection/confirm', ['reason', 'freeSeatsReason', 'waitingReason', 'round']],
])('%s', async (_name, url, typed) => {
  await browser.get('/admin/settings')
  const slow = await slowForms({ typed, rest: {} }, async (payload) => {
    // Tries of a login or a password are counted within a quarter of an hour.
    minutes += 2
    office.setNow(new Date(Date.UTC(2024, 2, 11, 1, minutes)).toISOString())
    const sent = browser.postText(url, payload)
    const health = office.app.inject({ url: '/healthz' })
    expect((await sent).statusCode).toBeLessThan(500)
    expect((await sent).statusCode).not.toBe(413)
    expect((await health).statusCode).toBe(200)
  })
  expect(slow).toEqual([])
})
