import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openDatabase } from '../../src/db/open.ts'
import { openStores } from '../../src/db/stores.ts'
import { NOON } from '../support/database.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'kakuho-gone-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

test('what was taken out of the survey is not in the bytes of its file either', () => {
  const path = join(folder, 'survey.db')
  const holds = (text: string) => readFileSync(path).includes(text)
  const once = <Value>(work: (stores: ReturnType<typeof openStores>) => Value): Value => {
    const database = openDatabase(path)
    const value = work(openStores(database.db, () => NOON))
    database.close()
    return value
  }
  const content = `${'a'.repeat(20_000)} ends here`
  const id = once(({ stagedImports }) =>
    stagedImports.add({ actor: 'tanto', file: 'hospitals.csv', content }, NOON),
  )
  expect(holds('ends here')).toBe(true)
  once(({ stagedImports }) => stagedImports.end(id, 'cancelled', NOON))
  expect(holds('ends here')).toBe(false)
  expect(holds('a'.repeat(1000))).toBe(false)
})
