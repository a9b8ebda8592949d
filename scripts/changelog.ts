import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { released } from './released.ts'

/** What `npm version` calls once package.json has the new number: CHANGELOG.md gives what was collected that number and today's day. */
const ROOT = resolve(import.meta.dirname, '..')
const CHANGELOG = resolve(ROOT, 'CHANGELOG.md')
const { version } = JSON.parse(readFileSync(resolve(ROOT, 'package.json'), 'utf8'))
const today = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Tokyo' }).format(new Date())

writeFileSync(CHANGELOG, released(readFileSync(CHANGELOG, 'utf8'), version, today))
// In the commit that npm makes.
execFileSync('git', ['add', CHANGELOG])
