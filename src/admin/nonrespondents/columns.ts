import { SUBMISSION_STATES } from '../../domain/answer/submission.ts'
import { bandLabel, NO_BAND } from '../../domain/selection/bands.ts'
import { CONTACT_RESULTS, CONTACT_WAYS, type ContactResult } from '../../domain/survey/contact.ts'
import { INVITATION_STATES } from '../../domain/survey/invitation.ts'
import { labelOf } from '../../domain/text/choice.ts'
import { dateTimeText } from '../../domain/text/dates.ts'
import { phoneText } from '../../domain/text/phone.ts'
import type { NonrespondentRow } from '../../office/requests/nonrespondents.ts'
import { hospitalLink, link, type Part, type Tone, tag } from '../list/cell.ts'
import type { Column } from '../list/table.ts'

const NOT_KNOWN = '（登録なし）'

/** For the calls that follow the deadline's approach. */
export function nonrespondentColumns(mayWork: boolean): Column<NonrespondentRow>[] {
  return [
    { header: '医療機関コード', value: ({ hospital }) => hospital.medicalCode },
    {
      header: '医療機関名',
      label: '病院',
      value: ({ hospital }) => hospital.name,
      cell: ({ hospital }) => hospitalLink(hospital.key, hospital.name),
      look: 'name',
    },
    { header: '二次医療圏', label: '医療圏', value: ({ hospital }) => hospital.region, look: 'keep' },
    {
      header: '市町村',
      value: ({ hospital }) => hospital.municipality,
      cell: ({ hospital }) => hospital.municipality ?? '－',
      look: 'keep',
    },
    { header: '許可病床数', label: '病床数', value: ({ hospital }) => hospital.beds, look: 'number' },
    phoneColumn('電話番号', ({ hospital }) => hospital.phone),
    phoneColumn('FAX番号', ({ hospital }) => hospital.fax),
    {
      header: 'メールアドレス',
      value: ({ hospital }) => hospital.email,
      cell: ({ hospital }) => hospital.email ?? NOT_KNOWN,
      look: 'mail',
    },
    {
      header: '病床規模区分',
      value: ({ band }) => (band ? bandLabel(band) : NO_BAND.label),
      look: 'keep',
    },
    { header: '回答用リンク', value: ({ state }) => labelOf(INVITATION_STATES, state), look: 'keep' },
    { header: '連絡の回数', value: ({ contacts }) => contacts.length },
    { header: '最後の連絡', value: (row) => lastOf(row)?.contactedAt ?? null },
    { header: '連絡の方法', value: (row) => labelled(lastOf(row)?.way, CONTACT_WAYS) },
    { header: '連絡した人', value: (row) => lastOf(row)?.caller ?? null },
    { header: '応対した人', value: (row) => lastOf(row)?.reached ?? null },
    { header: '連絡の結果', value: (row) => labelled(lastOf(row)?.result, CONTACT_RESULTS) },
    { header: '連絡のメモ', value: (row) => lastOf(row)?.note ?? null },
    { header: '連絡の状況', cell: contactParts, look: 'by' },
    { header: '連絡の記録', cell: (row) => recordParts(row, mayWork) },
    {
      header: 'ほかの回答',
      value: ({ others }) =>
        others.map(({ number, state }) => `${number}（${labelOf(SUBMISSION_STATES, state)}）`).join('、') ||
        null,
    },
  ]
}

export const NONRESPONDENTS_ON_PAGE = [
  '医療機関名',
  '二次医療圏',
  '市町村',
  '許可病床数',
  '病床規模区分',
  '電話番号',
  'FAX番号',
  'メールアドレス',
  '回答用リンク',
  '連絡の状況',
  '連絡の記録',
  'ほかの回答',
]

function phoneColumn(
  header: string,
  numberOf: (row: NonrespondentRow) => string | null,
): Column<NonrespondentRow> {
  return {
    header,
    value: (row) => {
      const number = numberOf(row)
      return number && phoneText(number)
    },
    cell: (row) => {
      const number = numberOf(row)
      return number ? phoneText(number) : NOT_KNOWN
    },
    look: 'keep',
  }
}

function lastOf({ contacts }: NonrespondentRow) {
  return contacts.at(-1) ?? null
}

function labelled<Id extends string>(
  id: Id | undefined,
  choices: readonly { id: Id; label: string }[],
): string | null {
  return id === undefined ? null : labelOf(choices, id)
}

function contactParts(row: NonrespondentRow): Part[] {
  const last = lastOf(row)
  return last
    ? [
        tag(CONTACT_TONES[last.result], labelOf(CONTACT_RESULTS, last.result)),
        { kind: 'small', text: dateTimeText(last.contactedAt) },
      ]
    : []
}

function recordParts({ hospital, contacts }: NonrespondentRow, mayWork: boolean): Part[] {
  if (!mayWork) return []
  const text = contacts.length > 0 ? `記録する（${contacts.length}件）` : '記録する'
  const href = `/admin/nonrespondents/${encodeURIComponent(hospital.key)}`
  return [link(text, href, { says: `連絡を記録する：${hospital.name}` })]
}

const CONTACT_TONES: Record<ContactResult, Tone> = {
  promised: 'ok',
  considering: 'warn',
  absent: 'warn',
  refused: 'muted',
  wrong: 'error',
  told: 'warn',
}
