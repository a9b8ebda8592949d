import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openStores, type Stores } from '../../src/db/stores.ts'
import { fillDemo } from '../../src/demo/fill.ts'
import type { Role } from '../../src/domain/record/staff.ts'
import { hashPassword } from '../../src/office/password.ts'
import { openSurvey } from '../../src/open-survey.ts'
import type { Size } from '../hospitals.ts'
import { fillGenerated } from '../selection-site.ts'

/** Surveys in files of their own, with officers who can log in. All hospitals are fictional. */

export const PASSWORD = 'correct horse battery staple'
export const OFFICERS: readonly (readonly [login: string, role: Role])[] = [
  ['tanto', 'officer'],
  ['kacho', 'officer'],
  ['admin', 'admin'],
]

export interface SurveyFile {
  databasePath: string
  remove(): void
}

/** Nobody has set anything or answered yet. */
export function emptyFile(): SurveyFile {
  const folder = mkdtempSync(join(tmpdir(), 'kakuho-bench-'))
  return {
    databasePath: join(folder, 'survey.db'),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  }
}

/** 225 hospitals of a prefecture in the middle of its survey, as the demo has them. */
export function demoFile(): Promise<SurveyFile> {
  return filledFile((stores) => fillDemo(stores, new Date()))
}

const DAY = 86_400_000

/** So many generated hospitals, most of which have answered a survey that is open. */
export function generatedFile(size: Size): Promise<SurveyFile> {
  return filledFile((stores) => {
    fillGenerated(stores, size)
    const day = (days: number) => new Date(Date.now() + days * DAY).toISOString()
    const changes = { opensAt: day(-1), closesAt: day(1), gmisSurveyOn: '2024-01-31', fiscalYear: '2026' }
    const refusals = stores.settings.change(changes, { actor: 'bench', at: new Date() })
    if (refusals.length > 0) throw new Error(JSON.stringify(refusals))
  })
}

async function filledFile(fill: (stores: Stores) => void): Promise<SurveyFile> {
  const file = emptyFile()
  const { database } = openSurvey({ databasePath: file.databasePath }, { mayCreate: true })
  const stores = openStores(database.db, () => new Date())
  fill(stores)
  const passwordHash = await hashPassword(PASSWORD)
  const by = { actor: 'bench', at: new Date() }
  for (const [login, role] of OFFICERS)
    stores.staff.add({ login, name: `試験 ${login}`, role, passwordHash, mustChangePassword: false }, by)
  database.close()
  return file
}
