import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { readConfig } from '../../src/config.ts'
import { immediately, openDatabase } from '../../src/db/open.ts'
import { enqueue, outboxStore } from '../../src/db/outbox.ts'
import { serve } from '../../src/serve.ts'
import { NOON } from '../support/database.ts'
import { startMailServer } from '../support/mail-server.ts'

test('the program sends what it finds in its database, and ends with it marked as sent', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'kakuho-test-'))
  const server = await startMailServer()
  const DATABASE_PATH = join(folder, 'survey.db')
  const before = openDatabase(DATABASE_PATH)
  const mail = { recipient: 'hanako@hospital.example.jp', subject: '件名', body: '本文' }
  immediately(before.db, (tx) => enqueue(tx, mail, NOON))
  before.close()

  const mails = { SMTP_URL: server.url, MAIL_FROM: 'kakuho@pref.example.jp' }
  const arrived = server.nextMail()
  const config = readConfig({ DATABASE_PATH, PORT: '0', LOG_LEVEL: 'silent', ...mails })
  const running = await serve(config, () => NOON)
  await arrived
  await running.close()

  expect(server.received).toHaveLength(1)
  const after = openDatabase(DATABASE_PATH)
  expect(outboxStore(after.db).due(new Date('2030-01-01'), 10)).toEqual([])
  expect(outboxStore(after.db).givenUp()).toEqual([])
  after.close()
  await server.close()
  rmSync(folder, { recursive: true })
})
