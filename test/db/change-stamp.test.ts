import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { changeStamp } from '../../src/db/change-stamp.ts'
import { openDatabase } from '../../src/db/open.ts'
import { openStores } from '../../src/db/stores.ts'
import { NOON } from '../support/database.ts'

let folder: string
let here: ReturnType<typeof openDatabase>
let elsewhere: ReturnType<typeof openDatabase>
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'kakuho-test-'))
  here = openDatabase(join(folder, 'survey.db'))
  elsewhere = openDatabase(join(folder, 'survey.db'))
})
afterEach(() => {
  here.close()
  elsewhere.close()
  rmSync(folder, { recursive: true })
})

const event = { at: NOON, actor: 'test', action: 'test.done', subject: 'test', detail: {} }

test('the stamp is another one after a change of this connection or another, and the same without', () => {
  const stamp = changeStamp(here.db)
  const first = stamp()
  openStores(here.db, () => NOON).audit.all()
  expect(stamp()).toBe(first)
  openStores(here.db, () => NOON).audit.append(event)
  const second = stamp()
  expect(second).not.toBe(first)
  openStores(elsewhere.db, () => NOON).audit.append(event)
  expect([first, second]).not.toContain(stamp())
  expect(stamp()).toBe(stamp())
})
