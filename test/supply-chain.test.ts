import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { expect, test } from 'vitest'
import {
  faultsOf,
  isAllowed,
  type Lockfile,
  licencesOf,
  type Manifest,
  nameOf,
  packagesOf,
} from '../scripts/supply-chain.ts'

const ROOT = resolve(import.meta.dirname, '..')
const read = (name: string) => JSON.parse(readFileSync(resolve(ROOT, name), 'utf8'))
const manifest: Manifest = read('package.json')
const lockfile: Lockfile = read('package-lock.json')

test('what we build upon is exact, whole, from one place, under known licences, and runs nothing but the runtime’s installation', () => {
  expect(packagesOf(lockfile).length).toBeGreaterThan(100)
  expect(faultsOf(manifest, lockfile)).toEqual([])
  expect(Object.keys(manifest.allowScripts!).filter((name) => manifest.allowScripts![name])).toEqual(['node'])
})

const GOOD = { version: '1.0.0', license: 'MIT', integrity: 'sha512-abc' }
const withPackage = (changes: object): Lockfile => ({
  lockfileVersion: 3,
  packages: { '': {}, 'node_modules/a/node_modules/@b/c': { ...GOOD, ...changes } },
})

test.each([
  ['a range', { dependencies: { a: '^1.0.0' } }, {}, /exact version: a \^1/],
  ['a tag', { devDependencies: { a: 'latest' } }, {}, /exact version: a latest/],
  ['a repository', { dependencies: { a: 'github:a/b' } }, {}, /exact version/],
  ['an install script', {}, { hasInstallScript: true }, /decided on: @b\/c/],
  [
    'an install script that was let through',
    { allowScripts: { '@b/c': true } },
    { hasInstallScript: true },
    /besides the runtime's: @b\/c/,
  ],
  [
    'what an older npm would build',
    { allowScripts: { '@b/c': false } },
    { hasInstallScript: true },
    /"gypfile": false is missing .* for .*@b\/c/,
  ],
  ['our own install script', { scripts: { postinstall: 'x' } }, {}, /of our own: postinstall/],
  ['no checksum', {}, { integrity: undefined }, /no SHA-512/],
  ['a weak checksum', {}, { integrity: 'sha1-abc' }, /no SHA-512/],
  ['another registry', {}, { resolved: 'https://example.org/a.tgz' }, /from elsewhere/],
  ['a link', {}, { link: true }, /a link/],
  ['no licence', {}, { license: undefined }, /licence.*none/],
  ['a licence that asks for more', {}, { license: 'GPL-3.0-only' }, /licence.*GPL/],
])('%s is found', (_name, declared, locked, fault) => {
  expect(faultsOf({}, withPackage({}))).toEqual([])
  expect(faultsOf(declared, withPackage(locked)).join('\n')).toMatch(fault)
})

test.each([
  ['(MIT OR GPL-3.0-only)', true],
  ['MIT AND ISC', true],
  ['MIT AND GPL-3.0-only', false],
  ['GPL-2.0-only OR AGPL-3.0-only', false],
  ['SEE LICENSE IN LICENSE', false],
  ['', false],
])('%s: %s', (expression, allowed) => {
  expect(isAllowed(expression)).toBe(allowed)
})

test('the licences of production and of development are told apart', () => {
  const names = (dev: boolean) => licencesOf(lockfile, { dev }).flatMap(([, found]) => found)
  expect(names(false)).toContain('fastify')
  expect(names(false)).not.toContain('vitest')
  expect(names(true)).toContain('vitest')
})

interface Part {
  purl: string
  hashes: { alg: string }[]
  licenses: unknown[]
  properties: { name: string; value: string }[]
}

test('the list of parts is CycloneDX, and has every package with its sum and licence', () => {
  const made = spawnSync('npm', ['run', '--silent', 'sbom'], { cwd: ROOT, encoding: 'utf8' })
  expect(made.status, made.stderr).toBe(0)
  const { bomFormat, specVersion, components } = JSON.parse(made.stdout)
  expect([bomFormat, specVersion]).toEqual(['CycloneDX', expect.stringMatching(/^1\.\d$/)])
  const parts = (components as Part[]).map(({ purl, hashes, licenses, properties }) => {
    expect([purl.slice(0, 8), hashes[0]!.alg, licenses.length > 0], purl).toEqual([
      'pkg:npm/',
      'SHA-512',
      true,
    ])
    const dev = properties.some(
      ({ name, value }) => name === 'cdx:npm:package:development' && value === 'true',
    )
    return `${decodeURIComponent(purl.slice(8))}${dev ? ' (dev)' : ''}`
  })
  const locked = packagesOf(lockfile).map(
    ([place, { version, dev }]) => `${nameOf(place)}@${version}${dev ? ' (dev)' : ''}`,
  )
  expect([...new Set(parts)].sort()).toEqual([...new Set(locked)].sort())
})
