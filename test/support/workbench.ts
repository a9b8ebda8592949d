import type { Stores } from '../../src/db/stores.ts'
import type { Policy } from '../../src/domain/selection/policy.ts'
import type { OfficersBrowser } from '../support/officer.ts'
import { type Contents, fill } from './contents.ts'

/** Hospitals of one band with two seats, ranked by their beds: A B C D; E did not answer. */
export const [A, B, C, D, E] = ['4610000011', '4610000029', '4610000037', '4610000045', '4610000052'] as const
export const LARGE = '4610000060'

const POLICY: Partial<Policy> = {
  bands: [
    { id: 'small', min: 20, max: 99, seats: 2 },
    { id: 'large', min: 100, max: null, seats: 1 },
  ],
  criteria: { emergency: 25, disaster: 15 },
  regionFloor: 0,
}

export const WORKBENCH: Contents = {
  policy: POLICY,
  hospitals: [
    { key: A, name: '甲病院', kana: 'コウビョウイン', beds: 90, functions: ['emergency', 'disaster'] },
    { key: B, name: '乙病院', kana: 'オツビョウイン', beds: 80, functions: ['disaster'] },
    { key: C, name: '丙病院', beds: 70, functions: ['disaster'] },
    { key: D, name: '丁病院', beds: 60, region: '奄美', municipality: '奄美市' },
    { key: E, name: '戊病院', beds: 50, phone: '0997-00-0000', email: 'e@hospital.example.jp' },
    { key: LARGE, name: '大病院', beds: 300, region: '奄美', municipality: '奄美市' },
  ],
  answers: [A, B, C, D, LARGE].map((hospital) => ({ hospital })),
}

export function fillWorkbench(stores: Stores, policy: Partial<Policy> = {}): void {
  fill(stores, { ...WORKBENCH, policy: { ...POLICY, ...policy } })
}

/** The codes of the ranking as it is today. */
export async function rankingOf(browser: OfficersBrowser): Promise<string[]> {
  const page = await browser.page('/admin/selection')
  return [...page.querySelectorAll('.rank__who a')].map((link) =>
    decodeURIComponent(link.getAttribute('href')!.split('/').at(-1)!),
  )
}

/** The seats as they are today: the names of the selected, by rank. */
export async function selectedIn(browser: OfficersBrowser): Promise<string[]> {
  const page = await browser.page('/admin/selection?decision=selected')
  return [...page.querySelectorAll('.rank__who a')].map((link) => link.textContent!)
}
