import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { describe, expect, test } from 'vitest'
import { deployedStart } from '../../scripts/deployed-start.ts'
import { proxyPages } from '../../scripts/proxy/pages.ts'
import { LARGEST_UPLOAD } from '../../src/admin/upload.ts'
import { environmentSchema } from '../../src/config.ts'
import { START_CODES } from '../../src/start-problem.ts'
import { LONGEST_FORM } from '../../src/web/forms.ts'
import { CONNECTION_LIMITS } from '../../src/web/limits.ts'

const DEPLOY = resolve(import.meta.dirname, '../../deploy')
const read = (name: string) => readFileSync(join(DEPLOY, name), 'utf8')
const units = readdirSync(join(DEPLOY, 'systemd')).filter((name) => /\.(?:service|timer)$/.test(name))
const SITES = ['nginx/kakuho.conf', 'nginx/kakuho-several.conf'] as const

describe('the pages of the proxies', () => {
  test.each([...proxyPages()])(
    '%s is what the program says today (npm run build:proxy-pages)',
    (name, page) => {
      expect(read(name)).toBe(page)
    },
  )

  test('every page that nginx names is there', () => {
    const named = ['nginx/kakuho-proxy.conf', ...SITES].flatMap((name) => [
      ...read(name).matchAll(/\/(kakuho-pages\/[\w-]+\.html)/g),
    ])
    const made = new Set(proxyPages().keys())
    expect(named.length).toBeGreaterThan(5)
    expect(named.map(([, page]) => `nginx/${page}`).filter((page) => !made.has(page))).toEqual([])
  })
})

describe('limits agree with the program’s own', () => {
  const { head, form, keepAlive, silence, connections, end } = CONNECTION_LIMITS
  const proxy = read('nginx/kakuho-proxy.conf')

  test('times of nginx', () => {
    expect(seconds(proxy, 'client_header_timeout')).toBe(head / 1_000)
    expect(seconds(proxy, 'client_body_timeout')).toBe(form / 1_000)
    expect(seconds(proxy, 'send_timeout')).toBe(silence / 1_000)
    expect(seconds(proxy, 'proxy_read_timeout')).toBeGreaterThan(silence / 1_000)
    // nginx lets go of a connection after 60 s unless it is told otherwise: before the program does.
    expect(keepAlive).toBeGreaterThan(60_000)
    expect([proxy, ...SITES.map(read)].join('\n')).not.toContain('keepalive_timeout')
  })

  test.each(SITES)(
    '%s: a little more than the program takes, so that it is the program that refuses',
    (name) => {
      const [hospitals, officers] = [...read(name).matchAll(/client_max_body_size (\w+);/g)].map(([, size]) =>
        bytes(size!),
      )
      expect(hospitals).toBeGreaterThan(LONGEST_FORM)
      expect(hospitals).toBeLessThan(2 * LONGEST_FORM)
      expect(officers).toBeGreaterThan(LARGEST_UPLOAD)
      expect(officers).toBeLessThan(LARGEST_UPLOAD + 2 * 1024 * 1024)
    },
  )

  test('Caddy takes as much', () => {
    const sizes = [...read('caddy/Caddyfile').matchAll(/max_size (\w+)/g)].map(([, size]) => bytes(size!))
    const asNginx = [...read(SITES[0]).matchAll(/client_max_body_size (\w+);/g)].map(([, size]) =>
      bytes(size!),
    )
    expect(sizes).toEqual(asNginx)
    expect(read('caddy/Caddyfile')).toContain(`read_header ${head / 1_000}s`)
  })

  test('the time that systemd and a container leave for the end is enough', () => {
    for (const name of units.filter((each) => /^kakuho@?\.service$/.test(each)))
      expect(seconds(read(`systemd/${name}`), 'TimeoutStopSec')).toBeGreaterThan(
        Math.max(10, (2 * end) / 1_000),
      )
    expect(read('container/compose.yaml')).toContain('stop_grace_period: 15s')
  })

  test('so many connections may be open, a file for each and for what it does', () => {
    for (const name of units.filter((each) => /^kakuho@?\.service$/.test(each)))
      expect(seconds(read(`systemd/${name}`), 'LimitNOFILE')).toBeGreaterThan(3 * connections)
    expect(Number(/nofile: (\d+)/.exec(read('container/compose.yaml'))![1])).toBeGreaterThan(3 * connections)
  })
})

test('the site of several is the site of one, but for its names and where they lead', () => {
  const [one, several] = SITES.map((name) => servers(read(name)))
  expect(several).toEqual(one)
})

test('wherever the program is started it keeps to the same memory', () => {
  const { nodeArguments, environment } = deployedStart()
  const packageJson = readFileSync(join(DEPLOY, '../package.json'), 'utf8')
  const dockerfile = read('container/Dockerfile')
  expect(JSON.parse(packageJson).scripts.start).toBe(`node ${nodeArguments.join(' ')} start/server.js`)
  expect(dockerfile).toContain(
    `CMD ${JSON.stringify(['node', ...nodeArguments, 'dist/server.js']).replaceAll(',', ', ')}`,
  )
  for (const [name, value] of Object.entries(environment)) expect(dockerfile).toContain(`${name}=${value} `)
})

describe('units', () => {
  test('a unit of several is the unit of one, of its own account, folders, settings and name', () => {
    const templates = units.filter((name) => name.includes('@'))
    expect(templates.map((name) => name.replace('@', ''))).toEqual(
      units.filter((name) => !name.includes('@')),
    )
    for (const name of templates) {
      const asOne = read(`systemd/${name}`)
        .replaceAll('kakuho-%i', 'kakuho')
        .replaceAll('kakuho@%i', 'kakuho')
        .replaceAll('/etc/kakuho/%i.env', '/etc/kakuho/kakuho.env')
        .replaceAll(' of %i', '')
      expect(asOne, name).toBe(read(`systemd/${name.replace('@', '')}`))
    }
  })

  test('the program is started as npm start does, but in the form that was built', () => {
    const { scripts } = JSON.parse(read('../package.json')) as { scripts: Record<string, string> }
    const command = scripts.start!.replace('start/server.js', 'dist/server.js')
    for (const name of ['systemd/kakuho.service', 'systemd/kakuho@.service'])
      expect(read(name)).toContain(`\nExecStart=${command}\n`)
    const [, inContainer] = /^CMD (.+)$/m.exec(read('container/Dockerfile').trimEnd())!
    expect(JSON.parse(inContainer!)).toEqual(command.split(' '))
  })

  test('every service is shut in by the same lines', () => {
    const lines = (name: string) =>
      read(`systemd/${name}`)
        .split('\n')
        .filter((line) =>
          /^(?:No|Protect|Private|Proc|Restrict[NRS]|Lock|Cap|Ambient|Keyring|SystemCall|UMask)/.test(line),
        )
    const own = lines('kakuho.service')
    expect(own.length).toBeGreaterThan(24)
    for (const name of units.filter((each) => each.endsWith('.service')))
      expect(
        own.filter((line) => !lines(name).includes(line)),
        name,
      ).toEqual([])
  })

  test('a start that an administrator has to mend first is not repeated, another one is', () => {
    const codes = /^RestartPreventExitStatus=(.*)$/m
      .exec(read('systemd/kakuho.service'))![1]!
      .split(' ')
      .map(Number)
    // Storage that fails, and programs that are at work, go by.
    const goesBy = new Set([START_CODES.failed, 30, 31, 32, 33])
    expect(codes).toEqual(
      Object.values(START_CODES)
        .filter((code) => !goesBy.has(code))
        .toSorted((a, b) => a - b),
    )
  })

  test('settings that are named are settings of the program, or of the allocation of its memory', () => {
    const named = [...units.map((name) => read(`systemd/${name}`)), read('systemd/kakuho.env.example')]
      .join('\n')
      .matchAll(/^(?:Environment=|# )?([A-Z][A-Z_]+)=/gm)
    const known = new Set([
      ...Object.keys(environmentSchema.shape),
      'REPLICA_PATH',
      'METRICS_TOKEN',
      'MALLOC_ARENA_MAX',
    ])
    expect([...named].map(([, key]) => key).filter((key) => !known.has(key!))).toEqual([])
  })
})

function seconds(text: string, name: string): number {
  return Number(new RegExp(`^${name}[ =](\\d+)s?;?$`, 'm').exec(text)?.[1])
}

function bytes(size: string): number {
  const [, number, unit] = /^(\d+)(\w*)$/.exec(size)!
  return Number(number) * (unit!.toLowerCase().startsWith('m') ? 1024 * 1024 : 1024)
}

/** The directives of the servers, without comments, with one name for every survey and for where it leads. */
function servers(text: string): string[] {
  const lines = text.slice(text.indexOf('\nserver {')).split('\n')
  const code = lines.map((line) => line.replace(/\s*#.*$/, '').trim()).filter(Boolean)
  return code
    .join('\n')
    .replace(/server_name [^;]*;/g, (names) => `server_name ${/-office/.test(names) ? 'office' : 'public'};`)
    .replaceAll('http://$kakuho', 'http://kakuho')
    .split('\n')
}
