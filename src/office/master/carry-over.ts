import type { Stores } from '../../db/stores.ts'
import type { Hospital } from '../../domain/master/hospital.ts'
import { editionLabel } from '../../domain/record/round.ts'
import { matchSupported, type SupportedHospital, withSupportedYear } from '../../domain/record/supported.ts'
import { isOfRehearsal, withoutRehearsalMark } from '../../domain/survey/rehearsal.ts'
import { fiscalYearText } from '../../domain/text/dates.ts'
import { readFiscalYear } from '../../domain/text/typed-dates.ts'
import { readEarlierArchive } from '../../files/reports/earlier-archive.ts'

/** What an earlier survey's archive would put down in today's master. */
export interface CarryOverPlan {
  year: number
  yearText: string
  /** 初回選定（第2版） */
  edition: string
  archive: { round: number; edition: number; sha256: string }
  /** The year is new for these. */
  added: Hospital[]
  already: Hospital[]
  unknown: SupportedHospital[]
}

type Planned = { ok: true; plan: CarryOverPlan } | { ok: false; field: 'file' | 'year'; message: string }

/** Looks at an archive. Nothing is stored. @param typedYear as somebody typed it: 令和6年度 */
export async function planCarryOver(stores: Stores, bytes: Uint8Array, typedYear: string): Promise<Planned> {
  const settings = stores.settings.read()
  const year = readFiscalYear(typedYear)
  if (year === null)
    return { ok: false, field: 'year', message: '支援の年度を「令和6年度」のように入力してください。' }
  if (year === settings.fiscalYear) return { ok: false, field: 'year', message: THIS_YEAR }
  if (!looksLikeArchive(bytes)) return { ok: false, field: 'file', message: NO_ARCHIVE }
  const archive = await readEarlierArchive(bytes)
  if (!archive.ok) return { ok: false, field: 'file', message: archive.message }
  const { prefecture, round, edition, sha256, supported } = archive
  if (isOfRehearsal(prefecture)) return { ok: false, field: 'file', message: OF_REHEARSAL }
  if (prefecture !== withoutRehearsalMark(settings.prefecture))
    return {
      ok: false,
      field: 'file',
      message: `${prefecture}の保存用一式です。${settings.prefecture}の前の調査の保存用一式を選択してください。`,
    }
  const { found, unknown } = matchSupported(stores.hospitals.all(), supported)
  const isNew = ({ supportedIn }: Hospital) => withSupportedYear(supportedIn, year) !== supportedIn
  return {
    ok: true,
    plan: {
      year,
      yearText: fiscalYearText(year),
      edition: editionLabel(round, edition),
      archive: { round, edition, sha256 },
      added: found.filter(isNew),
      already: found.filter((hospital) => !isNew(hospital)),
      unknown,
    },
  }
}

/** With one of its bytes changed it is still one, of which the damage can be named. */
function looksLikeArchive(bytes: Uint8Array): boolean {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  return (
    file.includes('"format":"kakuho.archive/') || file.subarray(0, 13).equals(Buffer.from('{"amendment":'))
  )
}

const NO_ARCHIVE =
  '選定の保存用一式ではありません。前の調査の「確定結果」から保存した保存用一式（拡張子が .json のファイル）を選択してください。'
const OF_REHEARSAL = '調査の試験の保存用一式です。実際の選定で確定した保存用一式を選択してください。'
const THIS_YEAR = 'この調査の事業の年度です。前に支援を受けた年度を入力してください。'
