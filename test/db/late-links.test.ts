import { expect, test } from 'vitest'
import { lateLinks } from '../../src/db/schema.ts'
import { aSubmission } from '../support/builders.ts'
import { databaseForEach, HERE, minutesAfter, NOON, saveContext, THERE } from '../support/database.ts'

const database = databaseForEach()

const EXPIRES = minutesAfter(NOON, 60)
const BY = { actor: 'tanto', at: NOON }
const DECISION = { ...BY, reason: '電話で回答を受けたため' }

function aLink(hospitalCode = HERE) {
  return database.stores.lateLinks.create({ hospitalCode, expiresAt: EXPIRES, reason: '災害対応のため' }, BY)
}

const stateOf = (token: string, now = NOON) => database.stores.lateLinks.find(token, now).state

test('a link is good until it expires, and no other text is one', () => {
  const { id, token } = aLink()
  expect(database.stores.lateLinks.find(token, NOON)).toMatchObject({
    state: 'valid',
    link: { id, hospitalCode: HERE, expiresAt: EXPIRES, reason: '災害対応のため', author: 'tanto' },
  })
  expect(stateOf(token, new Date(EXPIRES.getTime() - 1))).toBe('valid')
  expect(stateOf(token, EXPIRES)).toBe('expired')
  expect(stateOf(`${token}x`)).toBe('unknown')
  expect(stateOf('')).toBe('unknown')
  expect(aLink().token).not.toBe(token)
})

test('neither the database nor the record can open a link', () => {
  const { token } = aLink()
  const kept = JSON.stringify([
    database.db.select().from(lateLinks).all(),
    database.stores.lateLinks.all(),
    database.stores.audit.all(),
  ])
  expect(kept).not.toContain(token)
  expect(JSON.stringify(database.stores.lateLinks.all())).not.toContain('Hash')
})

test('an answer through the link is stored and spends it', () => {
  const { id, token } = aLink()
  const answer = aSubmission()
  const outcome = database.stores.lateLinks.save(token, answer, saveContext())
  expect(outcome).toMatchObject({ kind: 'saved', submission: { number: 'R-0001', state: 'current' } })
  expect(database.stores.lateLinks.find(token, NOON)).toMatchObject({
    state: 'used',
    link: { id, usedBy: 'R-0001', usedAt: NOON },
  })
  expect(database.actions(2)).toEqual(['submission.created', 'late-link.used'])
})

test('a second click finds its receipt, even after the link expired; another answer does not get in', () => {
  const { token } = aLink()
  const answer = aSubmission()
  const { lateLinks: links } = database.stores
  links.save(token, answer, saveContext())
  const after = saveContext({ at: minutesAfter(EXPIRES, 1) })
  expect(links.save(token, answer, after)).toMatchObject({
    kind: 'already-received',
    submission: { number: 'R-0001' },
  })
  expect(links.save(token, aSubmission({ intent: 'none' }), saveContext())).toEqual({
    kind: 'link-not-usable',
  })
  const changed = { ...answer, answers: { ...answer.answers, intent: 'none' as const } }
  expect(links.save(token, changed, saveContext())).toEqual({ kind: 'link-not-usable' })
  expect(database.stores.submissions.all()).toHaveLength(1)
})

test.each([
  ['expired', () => aSubmission(), minutesAfter(EXPIRES, 1)],
  ['made for another hospital', () => aSubmission({ hospitalCode: THERE }), NOON],
  [
    'made for a hospital of the master',
    () =>
      aSubmission({
        hospitalCode: 'other',
        hospitalName: '別院',
        hospitalAddress: '架空町',
        hospitalBeds: '30',
      }),
    NOON,
  ],
])('nothing is stored through a link that is %s', (_name, answer, at) => {
  const { token } = aLink()
  expect(database.stores.lateLinks.save(token, answer(), saveContext({ at }))).toEqual({
    kind: 'link-not-usable',
  })
  expect(database.stores.submissions.all()).toEqual([])
})

test('a late second answer waits as a duplicate, and the link is spent', () => {
  database.send(aSubmission())
  const { token } = aLink()
  const outcome = database.stores.lateLinks.save(token, aSubmission({ intent: 'none' }), saveContext())
  expect(outcome).toMatchObject({ kind: 'saved', submission: { state: 'duplicate' } })
  expect(stateOf(token)).toBe('used')
})

test('a late correction of an answer that came in time spends the link as well', () => {
  const answer = aSubmission()
  database.send(answer)
  const { token } = aLink()
  const changed = { ...answer, answers: { ...answer.answers, intent: 'none' as const } }
  expect(database.stores.lateLinks.save(token, changed, saveContext())).toMatchObject({ kind: 'corrected' })
  expect(stateOf(token)).toBe('used')
})

test('a revoked link takes nothing; a used one cannot be revoked', () => {
  const { id, token } = aLink()
  const { lateLinks: links } = database.stores
  expect(links.revoke(id, DECISION)).toBe('revoked')
  expect(links.revoke(id, DECISION)).toBe('not-open')
  expect(stateOf(token)).toBe('revoked')
  expect(links.save(token, aSubmission(), saveContext())).toEqual({ kind: 'link-not-usable' })
  expect(database.actions(2)).toEqual(['late-link.created', 'late-link.revoked'])

  const used = aLink()
  links.save(used.token, aSubmission(), saveContext())
  expect(links.revoke(used.id, DECISION)).toBe('not-open')
  expect(stateOf(used.token)).toBe('used')
})

test('the officer sees every link, the newest first', () => {
  const first = aLink()
  const second = aLink(THERE)
  expect(database.stores.lateLinks.all().map(({ id, hospitalCode }) => [id, hospitalCode])).toEqual([
    [second.id, THERE],
    [first.id, HERE],
  ])
})

test('a new link ends the earlier ones of its hospital, and no others', () => {
  const first = aLink()
  const elsewhere = aLink(THERE)
  const second = aLink()
  expect([first, elsewhere, second].map(({ token }) => stateOf(token))).toEqual(['revoked', 'valid', 'valid'])
  expect(database.stores.audit.latest(2).map(({ action, detail }) => [action, detail.link])).toEqual([
    ['late-link.created', second.id],
    ['late-link.revoked', first.id],
  ])
  expect(JSON.stringify(database.stores.audit.latest(2))).toContain('新しいリンクを作成したため')
})

test('a link needs a hospital of the master', () => {
  expect(() => aLink('4600000000')).toThrow('FOREIGN KEY')
  expect(database.stores.audit.all().at(-1)?.action).toBe('hospitals.imported')
})
