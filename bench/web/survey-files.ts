import { copyInstallation, filledFile, folderFor } from '../../scripts/torture/survey.ts'
import type { Stores } from '../../src/db/stores.ts'
import { fillDemo } from '../../src/demo/fill.ts'
import { fillGenerated } from '../generated-survey.ts'
import type { Size } from '../hospitals.ts'

/** Surveys in files of their own, with officers who can log in. All hospitals are fictional. */

export interface SurveyFile extends Disposable {
  databasePath: string
}

/** Nobody has set anything or answered yet. */
export function emptyFile(): Promise<SurveyFile> {
  return fileOf('empty', () => {})
}

/** 225 hospitals of a prefecture in the middle of its survey, as the demo has them. */
export function demoFile(): Promise<SurveyFile> {
  return fileOf('demo', (stores) => fillDemo(stores, new Date()))
}

const DAY = 86_400_000

/** So many generated hospitals, most of which have answered a survey that is open. */
export function generatedFile(size: Size): Promise<SurveyFile> {
  return fileOf(`generated-${size.hospitals}`, (stores) => {
    fillGenerated(stores, size)
    const day = (days: number) => new Date(Date.now() + days * DAY).toISOString()
    const changes = { opensAt: day(-1), closesAt: day(1), gmisSurveyOn: '2024-01-31', fiscalYear: '2026' }
    const refusals = stores.settings.change(changes, { actor: 'bench', at: new Date() })
    if (refusals.length > 0) throw new Error(JSON.stringify(refusals))
  })
}

/** Filled once in a run, by what it holds: a file of the whole country takes a while. */
const filled = new Map<string, Promise<string>>()

/** A copy of its own for each row that measures. */
async function fileOf(contents: string, fill: (stores: Stores) => void): Promise<SurveyFile> {
  if (!filled.has(contents)) filled.set(contents, fillOnce(contents, fill))
  const original = await filled.get(contents)!
  const folder = folderFor('bench')
  const databasePath = folder.path('survey.db')
  copyInstallation(original, databasePath)
  return { databasePath, [Symbol.dispose]: folder.remove }
}

async function fillOnce(contents: string, fill: (stores: Stores) => void): Promise<string> {
  const folder = folderFor(`bench-${contents}`)
  process.on('exit', folder.remove)
  const databasePath = folder.path('survey.db')
  // As one, or every answer would wait for the disk.
  await filledFile(databasePath, (stores) => stores.together(() => fill(stores)))
  return databasePath
}
