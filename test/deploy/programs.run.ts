import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

/** `npm run test:deploy`: what systemd says of the units (`caddy.run.ts`: the other proxy). */
const UNITS = resolve(import.meta.dirname, '../../deploy/systemd')
const README = readFileSync(resolve(UNITS, '../README.md'), 'utf8')

let folder = ''
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'kakuho-units-'))
  // Of several, one: and programs that are somewhere on this machine.
  for (const name of readdirSync(UNITS).filter((each) => /\.(?:service|timer)$/.test(each)))
    writeFileSync(
      join(folder, name),
      readFileSync(join(UNITS, name), 'utf8')
        .replace(/^ExecStart=(?:node|litestream) /m, `ExecStart=${process.execPath} `)
        .replaceAll('/opt/kakuho', resolve(UNITS, '../..')),
    )
})
afterAll(() => rmSync(folder, { recursive: true }))

const instances = () =>
  readdirSync(folder)
    .toSorted()
    .map((name) => name.replace('@.', '@kagoshima.'))

test('systemd-analyze verify finds nothing', () => {
  const run = spawnSync('systemd-analyze', ['verify', '--man=no', ...instances()], {
    ...{ encoding: 'utf8', cwd: folder },
    env: { ...process.env, SYSTEMD_UNIT_PATH: `${folder}:`, SYSTEMD_LOG_LEVEL: 'warning' },
  })
  const said = `${run.stdout}${run.stderr}`.split('\n').filter((line) => line.includes('kakuho'))
  expect({ status: run.status, said }).toEqual({ status: 0, said: [] })
})

describe('systemd-analyze security', () => {
  test.each([
    'kakuho.service',
    'kakuho@.service',
    'kakuho-backup.service',
    'kakuho-backup@.service',
    'kakuho-litestream.service',
    'kakuho-litestream@.service',
  ])('%s is as shut in as deploy/README.md says', (name) => {
    const said = execFileSync('systemd-analyze', ['security', '--offline=true', `./${name}`], {
      ...{ encoding: 'utf8', cwd: folder },
      env: { ...process.env, SYSTEMD_COLORS: '0' },
    })
    const exposure = Number(/Overall exposure level for .*?: ([\d.]+)/.exec(said)?.[1])
    const row = new RegExp(`^\\| \`${name.replace('@', '')}\` \\| ([\\d.]+) \\|`, 'm').exec(README)
    expect(exposure).toBe(Number(row?.[1]))
  })
})
