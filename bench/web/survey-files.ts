import { filledFile, folderFor } from '../../scripts/torture/survey.ts'
import type { Stores } from '../../src/db/stores.ts'
import { fillDemo } from '../../src/demo/fill.ts'
import type { Size } from '../hospitals.ts'
import { fillGenerated } from '../selection-site.ts'

/** Surveys in files of their own, with officers who can log in. All hospitals are fictional. */

export interface SurveyFile extends Disposable {
  databasePath: string
}

/** Nobody has set anything or answered yet. */
export function emptyFile(): Promise<SurveyFile> {
  return fileWith(() => {})
}

/** 225 hospitals of a prefecture in the middle of its survey, as the demo has them. */
export function demoFile(): Promise<SurveyFile> {
  return fileWith((stores) => fillDemo(stores, new Date()))
}

const DAY = 86_400_000

/** So many generated hospitals, most of which have answered a survey that is open. */
export function generatedFile(size: Size): Promise<SurveyFile> {
  return fileWith((stores) => {
    fillGenerated(stores, size)
    const day = (days: number) => new Date(Date.now() + days * DAY).toISOString()
    const changes = { opensAt: day(-1), closesAt: day(1), gmisSurveyOn: '2024-01-31', fiscalYear: '2026' }
    const refusals = stores.settings.change(changes, { actor: 'bench', at: new Date() })
    if (refusals.length > 0) throw new Error(JSON.stringify(refusals))
  })
}

async function fileWith(fill: (stores: Stores) => void): Promise<SurveyFile> {
  const folder = folderFor('bench')
  const databasePath = folder.path('survey.db')
  await filledFile(databasePath, fill)
  return { databasePath, [Symbol.dispose]: folder.remove }
}
