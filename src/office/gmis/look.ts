import type { Stores } from '../../db/stores.ts'
import { type Hospital, hospitalOf, hospitalText } from '../../domain/master/hospital.ts'
import { sha256Hex } from '../../domain/text/canonical.ts'
import { type GmisFile, type GmisRow, readGmisFile } from '../../files/gmis/gmis.ts'
import type { RowIssue } from '../../files/table/row-issue.ts'

/** A file as it came. */
export interface SentFile {
  name: string
  bytes: Uint8Array
}

type Stage = NonNullable<ReturnType<Stores['gmisStages']['byId']>>

/** A GMIS file whose rows are those of hospitals: what a stage keeps of it, and what is still unread in it. */
export type LookedAt = Pick<
  Stage,
  'fileName' | 'sha256' | 'sheet' | 'columns' | 'hospitals' | 'unknown' | 'warnings' | 'rows'
> & { errors: RowIssue[]; elsewhere: number }

/** Reads a file and finds the hospital of every row. Nothing is stored, and no answer in it is read. */
export async function lookAtGmis(
  stores: Stores,
  { name, bytes }: SentFile,
): Promise<({ ok: true } & LookedAt) | { ok: false; sheet: string; message: string }> {
  const { prefectureCode } = stores.settings.read()
  const { mapping } = stores.gmisMappings.current()
  const file = await readGmisFile(bytes, { prefectureCode, mapping })
  if (!file.ok) return file
  const { known, unknown, errors } = byHospital(stores.hospitals.all(), file.rows)
  return {
    ok: true,
    fileName: name,
    sha256: sha256Hex(bytes),
    sheet: file.sheet,
    columns: file.columns,
    hospitals: [...known].map(([key, { row }]) => ({ key, row })),
    unknown,
    rows: new Map([...known].map(([key, { answers }]) => [key, answers])),
    warnings: [...elsewhereWarnings(file), ...file.warnings],
    errors: [...file.errors, ...errors].sort((a, b) => a.row - b.row),
    elsewhere: file.elsewhere,
  }
}

function elsewhereWarnings({ elsewhere, headerRow }: Extract<GmisFile, { ok: true }>): RowIssue[] {
  const message = `ほかの都道府県の病院の行が${elsewhere}件あります。取り込みません。`
  return elsewhere > 0 ? [{ row: headerRow, message }] : []
}

/** The rows by the master's key, whichever code of a hospital each has; a second row of a hospital is an error. */
function byHospital(hospitals: readonly Hospital[], rows: readonly GmisRow[]) {
  const known = new Map<string, GmisRow>()
  const unknown: Stage['unknown'] = []
  const errors: RowIssue[] = []
  const find = finder(hospitals)
  for (const row of rows) {
    const found = find(row)
    const [hospital] = found
    const refuse = (message: string) => {
      const column = row.medicalCode ? '医療機関コード' : row.naviiCode ? '機関コード' : 'G-MIS ID'
      errors.push({ row: row.row, column, hospital: hospital!.name, message })
    }
    if (!hospital) {
      const code = row.medicalCode ?? row.naviiCode ?? row.gmisId ?? ''
      unknown.push({ row: row.row, code, name: row.name })
    } else if (found.length > 1) {
      const names = found.map((each) => `「${hospitalText(each)}」`).join('と')
      refuse(
        `この行のコードは、病院台帳の${names}に分かれています。どちらの病院か確認し、誤りのあるコードを空欄にしてください。`,
      )
    } else if (known.has(hospital.key))
      refuse(`${known.get(hospital.key)!.row}行目と同じ病院です。どちらかの行を削除してください。`)
    else known.set(hospital.key, row)
  }
  return { known, unknown, errors }
}

/** The hospitals that the codes of a row name, each once: more than one contradict each other. */
function finder(hospitals: readonly Hospital[]): (row: GmisRow) => Hospital[] {
  const byGmisId = new Map(hospitals.flatMap((each) => (gmisIdOf(each) ? [[gmisIdOf(each), each]] : [])))
  return ({ medicalCode, naviiCode, gmisId }) => {
    const named = [medicalCode, naviiCode].map((code) => (code === null ? null : hospitalOf(hospitals, code)))
    const all = [...named, gmisId === null ? null : (byGmisId.get(gmisId.toUpperCase()) ?? null)]
    return [...new Set(all.filter((hospital) => hospital !== null))]
  }
}

function gmisIdOf(hospital: Hospital): string | null {
  return (hospital as Hospital & { gmisId?: string | null }).gmisId?.toUpperCase() ?? null
}
