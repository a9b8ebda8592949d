import { generateKeyPairSync } from 'node:crypto'
import { readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { readConfig } from '../src/config.ts'
import { isHeadSigned, type SignedHead } from '../src/domain/record/signed-head.ts'
import { publicKeyPem, readPublicKeyPem, signingFingerprint } from '../src/domain/text/ed25519.ts'
import { startRecordLog } from '../src/record-log.ts'
import { type RunningServer, serve } from '../src/serve.ts'
import { startCommands } from './support/command.ts'
import { testSigner } from './support/signing.ts'

let commands: ReturnType<typeof startCommands>
let running: RunningServer | null
let keyFile: string
beforeEach(() => {
  commands = startCommands()
  keyFile = `${commands.databasePath}.signing-key`
  running = null
})
afterEach(async () => {
  await running?.close()
  commands.remove()
})

const start = async () => {
  const config = readConfig({ DATABASE_PATH: commands.databasePath, PORT: '0', LOG_LEVEL: 'silent' })
  running = await serve(config, () => new Date('2024-03-11T01:00:00Z'))
  await running.close()
  running = null
}
const keys = () => commands.stored(({ signingKeys }) => signingKeys.all())

test('is made at the first start, for its owner only, and its public half stands in the database and on the record', async () => {
  await start()
  expect(statSync(keyFile).mode & 0o777).toBe(0o600)
  expect(readFileSync(keyFile, 'latin1')).toMatch(/^-----BEGIN PRIVATE KEY-----\n/)
  const [made, ...others] = keys()
  expect(others).toEqual([])
  expect(made).toMatchObject({ author: 'system', reason: null })
  const entries = commands.stored(({ audit }) => audit.all())
  expect(entries).toMatchObject([
    { action: 'signing-key.made', detail: { fingerprint: signingFingerprint(made!.publicKey) } },
  ])
  const before = readFileSync(keyFile)
  await start()
  expect(readFileSync(keyFile)).toEqual(before)
  expect(keys()).toHaveLength(1)
})

describe('stops a start, and every command, in one line:', () => {
  test.each<[string, () => void, string]>([
    ['where it is missing', () => rmSync(keyFile), 'がありません。'],
    ['where it is spoilt', () => writeFileSync(keyFile, 'x'), 'を読み取れません。'],
    [
      'where it is another',
      () => writeFileSync(keyFile, otherKey()),
      'が、このデータベースのものではありません。',
    ],
  ])('%s', async (_name, spoil, why) => {
    await start()
    spoil()
    await expect(start()).rejects.toThrow(why)
    const { code, error, errorLines } = await commands.run(['user', 'list'])
    expect([code, errorLines]).toEqual([1, 1])
    expect(error).toContain(why)
    expect(error).toContain('signing-key change --reason')
  })
})

/** Of another installation. */
function otherKey(): string {
  return generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }) as string
}

describe('signing-key', () => {
  test('shows the fingerprint and the public key', async () => {
    await start()
    const { code, out } = await commands.run(['signing-key'])
    const [{ publicKey } = { publicKey: '' }] = keys()
    expect(code).toBe(0)
    expect(out.split('\n')[0]!.replace(/[^0-9a-f]/g, '')).toContain(signingFingerprint(publicKey))
    expect(out).toContain(publicKeyPem(publicKey).trimEnd())
  })

  test('change makes another with a reason, keeps what was there, and is on the record', async () => {
    await start()
    const before = readFileSync(keyFile)
    expect(await commands.run(['signing-key', 'change'])).toMatchObject({ code: 2, errorLines: 1 })
    expect(await commands.run(['signing-key', 'change', '--reason', ''])).toMatchObject({
      code: 2,
      errorLines: 1,
    })
    expect(readFileSync(keyFile)).toEqual(before)
    const { code, out } = await commands.run(['signing-key', 'change', '--reason', '端末の紛失のため'])
    expect([code, out]).toEqual([0, expect.stringContaining('今すぐ再起動してください。')])
    expect(readFileSync(`${keyFile}.20240311T010000000Z`)).toEqual(before)
    expect(keys()).toMatchObject([{ reason: null }, { author: 'cli', reason: '端末の紛失のため' }])
    await start()
    expect((await commands.run(['audit', 'verify'])).code).toBe(0)
  })

  test('change helps where the file is lost', async () => {
    await start()
    rmSync(keyFile)
    expect((await commands.run(['signing-key', 'change', '--reason', '失われたため'])).code).toBe(0)
    await start()
    expect(keys()).toHaveLength(2)
  })
})

test('the public key as a file is read back, and nothing else is one', () => {
  expect(readPublicKeyPem(publicKeyPem(testSigner.publicKey))).toBe(testSigner.publicKey)
  const pem = publicKeyPem(testSigner.publicKey)
  for (const other of [
    '',
    'x',
    pem.replace('PUBLIC', 'PRIVATE'),
    pem.replace('MCow', 'MCox'),
    pem.slice(0, 60),
  ])
    expect(readPublicKeyPem(other)).toBeNull()
})

describe('the log has how long the record is, signed:', () => {
  function log() {
    const lines: SignedHead[] = []
    const standing = { count: 1, head: 'a'.repeat(64) }
    const clock = { now: new Date('2024-03-11T01:00:00Z') }
    const options = {
      head: () => ({ ...standing }),
      signer: testSigner,
      now: () => clock.now,
      log: { info: ({ record }: { record: SignedHead }) => void lines.push(record), error: () => {} },
    }
    return { lines, standing, clock, options }
  }

  test('at the start and at the end, without a word of what was done', () => {
    const { lines, options } = log()
    startRecordLog(options).close()
    expect(lines).toHaveLength(2)
    expect(lines.every(isHeadSigned)).toBe(true)
    expect(Object.keys(lines[0]!).sort()).toEqual(['at', 'count', 'format', 'head', 'publicKey', 'signature'])
  })

  test('in between after many entries, after an hour with any, and where there are fewer than before', () => {
    vi.useFakeTimers()
    try {
      const { lines, standing, clock, options } = log()
      const kept = startRecordLog(options)
      const minute = () => vi.advanceTimersByTime(60_000)
      standing.count = 100
      minute()
      expect(lines).toHaveLength(1)
      standing.count = 201
      minute()
      expect(lines.at(-1)).toMatchObject({ count: 201 })
      standing.count = 202
      minute()
      expect(lines).toHaveLength(2)
      clock.now = new Date('2024-03-11T02:00:00Z')
      minute()
      expect(lines.at(-1)).toMatchObject({ count: 202 })
      clock.now = new Date('2024-03-11T03:00:00Z')
      minute()
      expect(lines).toHaveLength(3)
      standing.count = 150
      minute()
      expect(lines.at(-1)).toMatchObject({ count: 150 })
      kept.close()
    } finally {
      vi.useRealTimers()
    }
  })
})
