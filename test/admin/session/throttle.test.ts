import { describe, expect, test } from 'vitest'
import { sessions } from '../../../src/db/schema.ts'
import { formPost, htmlOf, textOf } from '../../support/html.ts'
import { officeWith } from '../../support/office.ts'
import { addOfficer, officersBrowser, PASSWORD } from '../../support/officer.ts'

const office = officeWith({ onDisk: true })

/** Somebody from an address of their own, with the cookie and the token of the login page, tries as often as they like. */
async function stranger(remoteAddress: string) {
  const page = await office.app.inject({ url: '/admin/login', remoteAddress })
  const _csrf = /name="_csrf" value="([^"]+)"/.exec(page.body)![1]!
  const cookie = page.cookies.map(({ name, value }) => `${name}=${value}`).join('; ')
  return (login: string, password = 'x') =>
    office.app.inject({ ...formPost('/admin/login', { _csrf, login, password }, { cookie }), remoteAddress })
}

async function tally(tries: number, once: (index: number) => Promise<{ statusCode: number }>) {
  const counts: Record<number, number> = {}
  for (let index = 0; index < tries; index += 1) {
    const { statusCode } = await once(index)
    counts[statusCode] = (counts[statusCode] ?? 0) + 1
  }
  return counts
}

async function ownerInBrowser() {
  await addOfficer(office)
  const owner = officersBrowser(office)
  const logIn = async () => {
    await owner.get('/admin/login')
    return owner.post('/admin/login', { login: 'officer', password: PASSWORD })
  }
  expect((await logIn()).statusCode).toBe(303)
  await owner.get('/admin')
  await owner.post('/admin/logout')
  return { owner, logIn }
}

test('one account from 300 addresses: a few guesses, then one a minute', async () => {
  await addOfficer(office)
  const counts = await tally(300, async (index) => {
    const knock = await stranger(`198.51.${Math.floor(index / 250)}.${index % 250}`)
    return knock('officer')
  })
  expect(counts).toEqual({ 422: 20, 429: 280 })
  // A quarter of an hour of it, as fast as it is let.
  let taken = 0
  for (let second = 0; second < 900; second += 10) {
    office.setNow(new Date(Date.UTC(2024, 2, 11, 1, 0, second)).toISOString())
    const knock = await stranger(`203.0.113.${second / 10}`)
    if ((await knock('officer')).statusCode === 422) taken += 1
  }
  expect(taken).toBeLessThan(20)
})

test('addresses of one IPv6 /64 are one', async () => {
  await addOfficer(office)
  const counts = await tally(40, async (index) =>
    (await stranger(`2001:db8:1:2::${index.toString(16)}`))('officer'),
  )
  expect(counts).toEqual({ 422: 10, 429: 30 })
})

test('many logins from one address are one, too', async () => {
  const knock = await stranger('192.0.2.9')
  expect(await tally(120, (index) => knock(`login-${index}`))).toEqual({ 422: 50, 429: 70 })
})

describe('while somebody hammers on the account', () => {
  test.each([
    ['from one address', () => '192.0.2.1'],
    ['from ever another', (index: number) => `192.0.${2 + Math.floor(index / 250)}.${index % 250}`],
    // A proxy that nobody was told of, or the same office.
    ['from the same address', () => '127.0.0.1'],
  ])('%s, the owner logs in from the own browser at every time', async (_name, addressOf) => {
    const { logIn, owner } = await ownerInBrowser()
    for (let round = 0; round < 4; round += 1) {
      office.setNow(new Date(Date.UTC(2024, 2, 11, 2, round * 7)).toISOString())
      const counts = await tally(30, async (index) =>
        (await stranger(addressOf(round * 30 + index)))('officer'),
      )
      expect(counts[429] ?? 0).toBeGreaterThan(0)
      expect((await logIn()).statusCode).toBe(303)
      await owner.get('/admin')
      await owner.post('/admin/logout')
    }
  })

  test('another browser of a network that the login is known from gets in as well', async () => {
    await ownerInBrowser()
    await tally(60, async (index) => (await stranger(`198.51.100.${index}`))('officer'))
    const elsewhere = await stranger('198.51.100.250')
    expect((await elsewhere('officer', PASSWORD)).statusCode).toBe(429)
    const beside = await stranger('127.0.0.1')
    expect((await beside('officer', PASSWORD)).statusCode).toBe(303)
  })

  test('another browser from anywhere gets in within a minute', async () => {
    await addOfficer(office)
    await tally(60, async (index) => (await stranger(`198.51.100.${index}`))('officer'))
    office.setNow('2024-03-11T01:01:00Z')
    expect((await (await stranger('203.0.113.5'))('officer', PASSWORD)).statusCode).toBe(303)
  })
})

test('a browser of the own is counted as well, and no cookie that somebody made up is one', async () => {
  const { owner } = await ownerInBrowser()
  await owner.get('/admin/login')
  const wrong = () => owner.post('/admin/login', { login: 'officer', password: 'x' })
  expect(await tally(12, wrong)).toEqual({ 422: 10, 429: 2 })
  const other = officersBrowser(office)
  other.cookies.set('kakuho-known', 'a'.repeat(32))
  await other.get('/admin/login')
  const guess = () => other.post('/admin/login', { login: 'officer', password: 'x' })
  expect(await tally(12, guess)).toEqual({ 422: 10, 429: 2 })
  await addOfficer(office, { login: 'second' })
  await other.post('/admin/login', { login: 'second', password: PASSWORD })
  expect(other.cookies.get('kakuho-known')).not.toBe('a'.repeat(32))
})

test('the delay grows, is said in words and for programs, and outlives a restart', async () => {
  await addOfficer(office)
  const first = await stranger('192.0.2.1')
  await tally(10, () => first('officer'))
  const refused = await first('officer')
  expect([refused.statusCode, refused.headers['retry-after']]).toEqual([429, '30'])
  expect(textOf(htmlOf(refused), 'main')).toContain('30秒待ってから、もう一度お試しください。')
  await office.restart('2024-03-11T01:00:20Z')
  const second = await stranger('192.0.2.1')
  expect((await second('officer')).headers['retry-after']).toBe('10')
  office.setNow('2024-03-11T01:00:30Z')
  expect((await second('officer')).statusCode).toBe(422)
  expect((await second('officer')).headers['retry-after']).toBe('60')
  office.setNow('2024-03-11T01:01:30Z')
  await second('officer')
  const longer = await second('officer')
  expect(longer.headers['retry-after']).toBe('120')
  expect(textOf(htmlOf(longer), 'main')).toContain('2分ほど待ってから')
})

test.each([
  ['an unknown login', 'nobody'],
  ['a disabled one', 'ended'],
  ['an impossible one', '<script>'],
  ['none', ''],
])('%s is answered as a wrong password is, at every step', async (_name, login) => {
  await addOfficer(office)
  await addOfficer(office, { login: 'ended' })
  office.stores.staff.disable('ended', null, { actor: 'test', at: office.now() })
  const answers = async (who: string, address: string) => {
    const knock = await stranger(address)
    const seen: unknown[] = []
    for (let times = 0; times < 12; times += 1) {
      const reply = await knock(who, PASSWORD.slice(1))
      const page = htmlOf(reply)
      seen.push([
        ...[reply.statusCode, reply.headers['retry-after'], textOf(page, 'h1')],
        ...[page.querySelector('#error-summary')?.textContent, reply.cookies],
      ])
    }
    return seen
  }
  expect(await answers(login, '192.0.2.1')).toEqual(await answers('officer', '192.0.2.2'))
})

test('strangers leave no session behind: not by pages, not by forms, not by what is refused', async () => {
  await addOfficer(office)
  const count = () => office.database.db.select().from(sessions).all().length
  for (let times = 0; times < 20; times += 1) {
    await office.app.inject('/admin/login')
    await office.app.inject('/admin')
    expect(
      (await office.app.inject(formPost('/admin/login', { login: 'officer', password: PASSWORD })))
        .statusCode,
    ).toBe(403)
    const knock = await stranger('192.0.2.1')
    await knock('officer')
    await office.app.inject(formPost('/admin/password', { current: 'x' }))
    await office.app.inject('/admin/setup?token=x')
    await office.app.inject('/admin/login/code')
  }
  expect(count()).toBe(0)
  // What is kept of forms is bounded, whatever the addresses.
  for (let index = 0; index < 400; index += 1)
    await office.app.inject({
      ...formPost('/admin/submissions/R-0001/close', { reason: 'x' }),
      remoteAddress: `198.51.${Math.floor(index / 250)}.${index % 250}`,
    })
  expect(count()).toBe(300)
})

test('the token of the login page fits its own browser alone, and not after the login', async () => {
  await addOfficer(office)
  const [one, two] = [officersBrowser(office), officersBrowser(office)]
  const token = (await one.page('/admin/login')).querySelector('input[name="_csrf"]')!.getAttribute('value')!
  await two.get('/admin/login')
  const fields = { login: 'officer', password: PASSWORD, _csrf: token }
  expect((await two.post('/admin/login', fields)).statusCode).toBe(403)
  expect((await one.post('/admin/login', fields)).statusCode).toBe(303)
  expect((await one.post('/admin/logout', { _csrf: token })).statusCode).toBe(403)
})

test('a flood of logins is answered, whoever is known gets through, and a page beside it too', async () => {
  const { owner } = await ownerInBrowser()
  await owner.get('/admin/login')
  const knocks = await Promise.all(Array.from({ length: 80 }, (_, index) => stranger(`203.0.113.${index}`)))
  const flood = knocks.map((knock, index) => knock(`login-${index}`))
  const [own, beside, replies] = await Promise.all([
    owner.post('/admin/login', { login: 'officer', password: PASSWORD }),
    office.app.inject('/'),
    Promise.all(flood),
  ])
  expect([own.statusCode, beside.statusCode]).toEqual([303, 200])
  const statuses = replies.map(({ statusCode }) => statusCode)
  expect([...new Set(statuses)].sort()).toEqual([422, 503])
  // Two at once and twenty-four that wait; what was not looked at is no failure.
  expect(statuses.filter((status) => status === 422).length).toBeLessThanOrEqual(60)
  const busy = replies.find(({ statusCode }) => statusCode === 503)!
  expect(busy.headers['retry-after']).toBe('5')
  expect(textOf(htmlOf(busy), 'h1')).toBe('ログインが集中しています')
  const failed = office.stores.audit.all().filter(({ action }) => action === 'login.failed')
  expect(failed).toHaveLength(statuses.filter((status) => status === 422).length)
})
