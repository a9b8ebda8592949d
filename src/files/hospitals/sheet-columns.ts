import { filingsText } from '../../domain/master/filings.ts'
import { type BedType, HOSPITAL_FUNCTIONS, type Hospital, INSPECTIONS } from '../../domain/master/hospital.ts'
import type { CellField } from '../../domain/master/open-cells.ts'
import { labelOf } from '../../domain/text/choice.ts'
import { phoneText } from '../../domain/text/phone.ts'
import type { Column } from '../table/csv.ts'

/** What the sheet tells of a hospital beside, once a round is confirmed: nothing of it is read back. */
export const TOLD_BESIDE: readonly string[] = ['確定結果', '次の選定での扱い']

interface HospitalSheetColumn extends Column<Hospital> {
  /** What the column tells about a hospital. */
  field: keyof Hospital
  /** The same, the columns of 病床種別 told apart. */
  cell: CellField
}

/** The hospital sheet, in the order in which it goes out. What it writes, `readSheetRow` reads back the same. */
export const hospitalSheetColumns: readonly HospitalSheetColumn[] = [
  {
    header: '医療機関コード',
    field: 'medicalCode',
    cell: 'medicalCode',
    value: (hospital) => hospital.medicalCode,
  },
  { header: '機関コード', field: 'naviiCode', cell: 'naviiCode', value: (hospital) => hospital.naviiCode },
  { header: '医療機関名', field: 'name', cell: 'name', value: (hospital) => hospital.name },
  { header: 'フリガナ', field: 'kana', cell: 'kana', value: (hospital) => hospital.kana },
  { header: '二次医療圏', field: 'region', cell: 'region', value: (hospital) => hospital.region },
  {
    header: '市町村',
    field: 'municipality',
    cell: 'municipality',
    value: (hospital) => hospital.municipality,
  },
  { header: '所在地', field: 'address', cell: 'address', value: (hospital) => hospital.address },
  { header: '電話番号', field: 'phone', cell: 'phone', value: ({ phone }) => phone && phoneText(phone) },
  { header: 'メールアドレス', field: 'email', cell: 'email', value: (hospital) => hospital.email },
  { header: '許可病床数', field: 'beds', cell: 'beds', value: (hospital) => hospital.beds },
  bedColumn('一般病床', 'general'),
  bedColumn('療養病床', 'longTerm'),
  bedColumn('精神病床', 'psychiatric'),
  bedColumn('結核病床', 'tuberculosis'),
  bedColumn('感染症病床', 'infectious'),
  {
    header: '医療機能',
    field: 'functions',
    cell: 'functions',
    value: ({ functions }) => functionLabels(functions),
  },
  {
    header: '立入検査',
    field: 'inspection',
    cell: 'inspection',
    value: (hospital) => labelOf(INSPECTIONS, hospital.inspection),
  },
  { header: '郵便番号', field: 'postcode', cell: 'postcode', value: ({ postcode }) => postcode },
  { header: 'FAX番号', field: 'fax', cell: 'fax', value: ({ fax }) => fax && phoneText(fax) },
  { header: 'G-MIS ID', field: 'gmisId', cell: 'gmisId', value: ({ gmisId }) => gmisId },
  { header: '開設者種別', field: 'ownership', cell: 'ownership', value: ({ ownership }) => ownership },
  {
    header: '施設基準',
    field: 'filings',
    cell: 'filings',
    value: ({ filings }) => filingsText(filings) || null,
  },
  {
    header: '過去の支援年度',
    field: 'supportedIn',
    cell: 'supportedIn',
    value: ({ supportedIn }) => supportedIn,
  },
  {
    header: '状態',
    field: 'isClosed',
    cell: 'isClosed',
    value: ({ isClosed }) => (isClosed ? CLOSED : null),
  },
]

/** 状態 of a hospital that takes no part any more. */
export const CLOSED = '閉院'

function bedColumn(header: string, type: BedType): HospitalSheetColumn {
  return { header, field: 'bedsByType', cell: type, value: ({ bedsByType }) => bedsByType?.[type] ?? null }
}

function functionLabels(functions: Hospital['functions']): string | null {
  return functions.map((id) => labelOf(HOSPITAL_FUNCTIONS, id)).join(';') || null
}
