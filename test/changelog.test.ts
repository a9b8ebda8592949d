import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { expect, test } from 'vitest'
import { released } from '../scripts/released.ts'
import { VERSION } from '../src/version.ts'

const read = (name: string) => readFileSync(resolve(import.meta.dirname, '..', name), 'utf8')
const CHANGELOG = read('CHANGELOG.md')
const versionsOf = (changelog: string) =>
  [...changelog.matchAll(/^## \[([\d.]+)\] - (\d{4}-\d{2}-\d{2})$/gm)].map(([, version]) => version)

test('the newest version of the changelog is the program’s, and the lock file’s', () => {
  expect(versionsOf(CHANGELOG)[0]).toBe(VERSION)
  const { version, packages } = JSON.parse(read('package-lock.json'))
  expect([version, packages[''].version]).toEqual([VERSION, VERSION])
})

test('every heading is what is not out yet, or a version with its day, each with its link', () => {
  const headings = [...CHANGELOG.matchAll(/^## (.*)$/gm)].map(([, heading]) => heading!)
  expect(headings[0]).toBe('[未公開]')
  expect(headings.slice(1)).toHaveLength(versionsOf(CHANGELOG).length)
  for (const heading of headings) {
    const anchor = heading.replace(/[[\].]/g, '').replaceAll(' ', '-')
    expect(CHANGELOG).toContain(`\n${heading.split(' - ')[0]}: #${anchor}\n`)
  }
})

test('npm version gives what was collected the new number, and leaves room for the next', () => {
  const collected = CHANGELOG.replace('## [未公開]\n', '## [未公開]\n\n### 修正\n\n- 何か\n')
  const next = released(collected, '9.10.0', '2030-01-02')
  expect(versionsOf(next)).toEqual(['9.10.0', ...versionsOf(CHANGELOG)])
  expect(next).toContain('## [未公開]\n\n## [9.10.0] - 2030-01-02\n\n### 修正\n\n- 何か\n')
  expect(next).toContain('\n[9.10.0]: #9100---2030-01-02\n')
})

test('a version of which nothing is said is none', () => {
  expect(() => released(CHANGELOG, '9.10.0', '2030-01-02')).toThrow('nothing under')
  expect(() => released('# x\n', '9.10.0', '2030-01-02')).toThrow('one heading')
})
