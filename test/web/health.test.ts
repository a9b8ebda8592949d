import { readFileSync } from 'node:fs'
import { expect, test, vi } from 'vitest'
import { startTestApp } from '../support/app.ts'
import { aForm } from '../support/builders.ts'
import { lock, makeReadOnly } from '../support/faults.ts'
import { formPost } from '../support/html.ts'
import { surveyWith } from '../support/survey.ts'

const site = surveyWith({ onDisk: true })

const health = async () => {
  const reply = await site.get('/healthz')
  return [reply.statusCode, reply.json()]
}
const OK = [200, { status: 'ok' }]
const UNAVAILABLE = [503, { status: 'unavailable' }]

/** The clock of the program's own waits. */
function later(milliseconds: number): void {
  const now = performance.now() + milliseconds
  vi.spyOn(performance, 'now').mockReturnValue(now)
}

/** How many end in the log: the last page of each has the size of the database. */
function transactions(): number {
  const log = readFileSync(`${site.databasePath}-wal`)
  let count = 0
  for (let at = 32; at < log.length; at += 24 + 4096) if (log.readUInt32BE(at + 4) > 0) count += 1
  return count
}

test('a write is proved, once in a while however many ask, and counts as no change of the survey', async () => {
  const stamp = site.stores.changeStamp()
  const before = transactions()
  const written = site.stores.audit.all().length
  for (let asked = 0; asked < 50; asked += 1) expect(await health()).toEqual(OK)
  expect(transactions()).toBe(before + 1)
  later(6_000)
  expect(await health()).toEqual(OK)
  expect(transactions()).toBe(before + 2)
  expect(site.stores.changeStamp()).toBe(stamp)
  expect(site.stores.audit.all()).toHaveLength(written)
  vi.restoreAllMocks()
})

test('another program’s lock is waited for by nobody, and excused for a while only', async () => {
  expect(await health()).toEqual(OK)
  const release = lock(site.databasePath)
  later(6_000)
  expect(await health()).toEqual(OK)
  later(6_000)
  expect(await health()).toEqual(UNAVAILABLE)
  release()
  later(6_000)
  expect(await health()).toEqual(OK)
  vi.restoreAllMocks()
})

test('whoever asks for it often keeps nobody from writing', async () => {
  const writer = lock(site.databasePath)
  writer()
  for (let asked = 0; asked < 20; asked += 1) {
    await health()
    expect((await site.send()).statusCode).toBe(303)
  }
})

test('read-only is unavailable, and well again at once', async () => {
  const end = makeReadOnly(site.database)
  expect(await health()).toEqual(UNAVAILABLE)
  end()
  later(2_000)
  expect(await health()).toEqual(OK)
  vi.restoreAllMocks()
})

test('two servers on one file serve one survey: every receipt is in it, and each sees what the other changed', async () => {
  const other = await startTestApp({ databasePath: site.databasePath, side: 'public' })
  const receipts: string[] = []
  for (let sent = 0; sent < 10; sent += 1) {
    const { app } = sent % 2 === 0 ? site : other
    const form = new URLSearchParams(aForm()).toString()
    const replies = await Promise.all([
      site.send(),
      app.inject({ ...formPost('/survey', {}), payload: form }),
    ])
    for (const reply of replies) {
      expect(reply.statusCode).toBe(303)
      receipts.push(String(reply.headers.location))
    }
  }
  expect(new Set(receipts).size).toBe(20)
  for (const receipt of receipts) {
    expect((await site.get(receipt)).statusCode).toBe(200)
    expect((await other.app.inject({ url: receipt })).statusCode).toBe(200)
  }
  expect(site.stores.audit.verify()).toBeNull()
  expect(site.stores.submissions.all()).toHaveLength(20)
  const stamp = site.stores.changeStamp()
  other.stores.settings.change({ title: '名前を変えた調査' }, { actor: 'test', at: site.now() })
  expect(site.stores.changeStamp()).not.toBe(stamp)
  for (const url of ['/', '/survey']) expect((await site.get(url)).body).toContain('名前を変えた調査')
  await other.close()
  expect((await site.send()).statusCode).toBe(303)
})
