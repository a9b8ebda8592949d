import type { Stores } from '../../db/stores.ts'
import type { AnswerLine } from '../../domain/answer/lines.ts'
import { columnText } from '../../domain/disclosure/column-words.ts'
import { documentOf } from '../../domain/disclosure/documents.ts'
import { LETTER_KINDS } from '../../domain/record/letter.ts'
import { editionLabel, roundLabel } from '../../domain/record/round.ts'
import { deadlineText } from '../../domain/survey/period.ts'
import { dateTimeText } from '../../domain/text/dates.ts'

/** The address of an act, as it is registered and as it was asked for. */
export interface ActAddress {
  /** /admin/hospitals/:code/exclude */
  route: string
  params: Readonly<Record<string, string>>
}

/**
 * What an act is about, in the words of its page: whoever is asked to confirm it away from that page must see it.
 * The hospital comes first, where there is one.
 */
export function subjectOf(stores: Stores, { route, params }: ActAddress): AnswerLine[] {
  const lines = namesIn(route).flatMap(({ kind, param }) => {
    const value = params[param] ?? ''
    return SUBJECTS[kind]?.(stores, value, params) ?? [{ label: '対象', text: value }]
  })
  const [hospital, others] = [lines.filter(isHospital), lines.filter((line) => !isHospital(line))]
  return [...hospital, ...others]
}

/** The hospital that a form names, as its page does. */
export function hospitalNamed({ hospitals }: Stores, code: string): string {
  const hospital = hospitals.byCode(code)
  if (!hospital) return code
  return hospital.municipality === null ? hospital.name : `${hospital.name}（${hospital.municipality}）`
}

/** The first thing in an address that no subject is known of: nobody could tell what such an act is about. */
export function unknownSubject(route: string): string | null {
  return namesIn(route).find(({ kind }) => SUBJECTS[kind] === undefined)?.kind ?? null
}

const HOSPITAL = '病院'

function isHospital({ label }: AnswerLine): boolean {
  return label === HOSPITAL
}

type Subject = (
  stores: Stores,
  value: string,
  params: ActAddress['params'],
) => AnswerLine[] | null | undefined

/** By the word before it in the address. Null where there is none of this name: the act will say so itself. */
const SUBJECTS: Readonly<Record<string, Subject>> = {
  hospitals: hospitalLines,
  decline: hospitalLines,
  import: (stores, id) => {
    const file = stores.stagedImports.fileOf(Number(id))
    return file === null ? null : [{ label: 'ファイル', text: file }]
  },
  matches: (stores, id) => {
    const row = stores.hospitalMatches.byId(Number(id))
    return row && [{ label: '取り込んだ行', text: row.hospital.name }]
  },
  acceptance: hospitalLines,
  invitations: hospitalLines,
  nonrespondents: hospitalLines,
  submissions: (stores, number) => {
    const submission = stores.submissions.byNumber(number)
    if (!submission) return null
    const { hospitalCode, typedHospital, submittedAt } = submission
    const hospital = hospitalCode === null ? (typedHospital?.name ?? '') : hospitalNamed(stores, hospitalCode)
    return [
      { label: HOSPITAL, text: hospital },
      { label: '受付番号', text: `${number}（${dateTimeText(submittedAt)}受付）` },
    ]
  },
  'late-links': (stores, id) => {
    const link = stores.lateLinks.all().find((each) => String(each.id) === id)
    return (
      link && [
        { label: HOSPITAL, text: hospitalNamed(stores, link.hospitalCode) },
        { label: 'リンクの受付期限', text: deadlineText({ closesAt: link.expiresAt }) },
      ]
    )
  },
  undelivered: ({ undelivered }, id) => {
    const mail = undelivered.all().find((each) => String(each.id) === id)
    return mail && [{ label: '宛先', text: mail.recipient }]
  },
  scenarios: (stores, id) => {
    const scenario = stores.policies.scenarios.byId(Number(id))
    return scenario && [{ label: '検討案', text: scenario.name }]
  },
  proposals: (stores, id) => {
    const proposal = stores.editions.byProposal(Number(id))
    return proposal && [{ label: `起案（第${id}号）`, text: editionLabel(proposal.number, proposal.edition) }]
  },
  rounds: (stores, number, { edition }) => [
    {
      label: '選定の回',
      text:
        edition === undefined
          ? editionLabel(Number(number), stores.editions.newestOf(Number(number))?.edition ?? 1)
          : roundLabel(Number(number)),
    },
  ],
  sections: ({ notice }, id) => {
    const section = notice.current().notice.sections.find((each) => each.id === id)
    return section && [{ label: '御案内の見出し', text: section.heading || '前文' }]
  },
  questions: ({ notice, questions }, number) => {
    const further = questions.all().find(({ id }) => id === number)
    if (further) return [{ label: '質問', text: further.label }]
    const question = notice.current().notice.questions.find((each) => String(each.number) === number)
    return question && [{ label: '質問', text: `Q${number}　${question.question}` }]
  },
  attachments: ({ attachments }, id) => {
    const attachment = attachments.current().find((each) => String(each.id) === id)
    return attachment && [{ label: '資料', text: attachment.title }]
  },
  versions: (_stores, version) => [
    { label: '御案内の版', text: version === '0' ? '初期設定' : `第${version}版` },
  ],
  reports: (_stores, id) => [{ label: '報告', text: `第${id}号` }],
  texts: (_stores, kind) => [
    { label: '通知文', text: LETTER_KINDS.find(({ id }) => id === kind)?.label ?? kind },
  ],
  users: ({ staff }, login) => {
    const user = staff.user(login)
    return user && [{ label: '利用者', text: `${user.name}（${login}）` }]
  },
  documents: (_stores, id) => [{ label: '文書', text: documentOf(id)?.title ?? id }],
  columns: (_stores, column) => [{ label: '項目', text: columnText({ column }) }],
  editions: (_stores, edition) => [{ label: '版', text: `第${edition}版` }],
}

function hospitalLines(stores: Stores, code: string): AnswerLine[] {
  return [{ label: HOSPITAL, text: hospitalNamed(stores, code) }]
}

/** /admin/rounds/:number/decline/:code → rounds by number, decline by code */
function namesIn(route: string): { kind: string; param: string }[] {
  const parts = route.split('/')
  return parts.flatMap((part, place) =>
    part.startsWith(':') ? [{ kind: parts[place - 1]!, param: part.slice(1) }] : [],
  )
}
