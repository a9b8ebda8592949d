import type { Stores } from '../../db/stores.ts'
import { type AnswerLine, changedLines, namedLines, officeLines } from '../../domain/answer/lines.ts'
import { SUBMISSION_STATES, type Submission } from '../../domain/answer/submission.ts'
import type { Geography } from '../../domain/master/region.ts'
import { bandLabel } from '../../domain/selection/policy.ts'
import { labelOf } from '../../domain/text/choice.ts'
import { dateTimeText } from '../../domain/text/dates.ts'
import { type Comparison, comparison, receptionLines } from '../../office/answers/comparison.ts'
import { type HistoryLine, submissionHistory } from '../../office/answers/history.ts'
import { type SubmissionRow, submissionRows } from '../../office/answers/rows.ts'
import { type ErrorLine, errorLines } from '../page.ts'
import {
  actOf,
  type LinkForm,
  type MakeCurrentForm,
  NOTHING_TYPED,
  type TypedDecision,
} from './submission-act.ts'

export interface SubmissionPageModel {
  number: string
  state: Submission['state']
  stateLabel: string
  hospitalName: string
  /** Null while unlinked. */
  hospitalHref: string | null
  hospital: AnswerLine[]
  answers: AnswerLine[]
  reception: AnswerLine[]
  /** Newest first, without the first version. */
  corrections: { at: string; lines: { label: string; before: string; after: string }[] }[]
  /** Every submission of the same hospital beside each other, where there are several. */
  comparison: Comparison | null
  history: HistoryLine[]
  /** What an officer can settle here, with what was typed into its form. */
  act: MakeCurrentForm | LinkForm | null
  errorSummary: ErrorLine[]
  done: Done | null
}

/** What became of the step before this page. */
export interface Done {
  kind: 'success' | 'warning'
  text: string
}

/** @returns null where no submission has this number */
export function submissionPageModel(
  stores: Stores,
  number: string,
  geography: Geography,
  { typed = NOTHING_TYPED, done = null }: { typed?: TypedDecision; done?: Done | null } = {},
): SubmissionPageModel | null {
  const rows = submissionRows(stores)
  const row = rows.find(({ submission }) => submission.number === number)
  if (!row) return null
  const { submission } = row
  const siblings = rows.filter(({ hospital }) => hospital !== null && hospital === row.hospital)
  return {
    number,
    state: submission.state,
    stateLabel: labelOf(SUBMISSION_STATES, submission.state),
    hospitalName: row.hospitalName,
    hospitalHref: row.hospital && `/admin/hospitals/${encodeURIComponent(row.hospital.key)}`,
    hospital: hospitalLines(row),
    answers: officeLines(submission.answers),
    reception: receptionLines(submission),
    corrections: corrections(stores, submission),
    comparison:
      siblings.length > 1
        ? comparison(
            siblings.map((sibling) => sibling.submission),
            number,
          )
        : null,
    history: submissionHistory(stores, number),
    act: actOf(stores, row, siblings, geography, typed),
    errorSummary: errorLines({ hospitalCode: typed.hospitalError, reason: typed.reasonError }),
    done,
  }
}

function hospitalLines({
  submission: { typedHospital: typed },
  hospital,
  band,
}: SubmissionRow): AnswerLine[] {
  const ofMaster = hospital && [
    { label: '病院名', text: hospital.name },
    { label: '医療機関コード', text: hospital.medicalCode ?? '（登録なし）' },
    { label: '二次医療圏', text: hospital.region },
    { label: '許可病床数', text: `${hospital.beds}床（区分：${band ? bandLabel(band) : '該当なし'}）` },
  ]
  return [...(ofMaster ?? []), ...(typed ? namedLines(typed) : [])]
}

function corrections(stores: Stores, { id }: Submission): SubmissionPageModel['corrections'] {
  const versions = stores.submissions.versions(id)
  return versions
    .slice(1)
    .map(({ createdAt, answers }, index) => ({
      at: dateTimeText(createdAt),
      lines: changedLines(versions[index]!.answers, answers),
    }))
    .reverse()
}
