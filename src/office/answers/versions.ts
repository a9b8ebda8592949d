import type { Stores } from '../../db/stores.ts'
import { PROXY_CHANNEL_CHOICES } from '../../domain/answer/choices.ts'
import { changedLines, namedLines, officeLines } from '../../domain/answer/lines.ts'
import type { Submission } from '../../domain/answer/submission.ts'
import { labelOf } from '../../domain/text/choice.ts'
import { dateTimeText } from '../../domain/text/dates.ts'
import { officerNames } from '../officer-names.ts'
import { furtherOf } from './further.ts'

/** Who made a version, when, how it had come in and why. */
export interface VersionLine {
  version: number
  at: string
  /** 病院, or the officer's name. */
  by: string
  /** FAX; '' where the hospital sent it. */
  channel: string
  reason: string
  /** What differs from the one before; empty for the first. */
  changes: { label: string; before: string; after: string }[]
}

/** Two versions, question by question. */
export interface ComparedVersions {
  a: VersionLine
  b: VersionLine
  rows: { label: string; a: string; b: string; differs: boolean }[]
}

/** The oldest first. */
export function versionLines(stores: Stores, submission: Submission): VersionLine[] {
  const nameOf = officerNames(stores)
  const versions = stores.submissions.versions(submission.id)
  const further = stores.questions.all()
  return versions.map(({ version, createdAt, enteredBy, answers, typedHospital }, index) => {
    const before = versions[index - 1]
    const named = before && namedChanges(before.typedHospital, typedHospital)
    return {
      version,
      at: dateTimeText(version === 1 ? submission.submittedAt : createdAt),
      by: enteredBy ? nameOf(enteredBy.author) : '病院',
      channel: enteredBy ? labelOf(PROXY_CHANNEL_CHOICES, enteredBy.channel) : '',
      reason: enteredBy?.reason ?? '',
      changes: before ? [...named!, ...changedLines(before.answers, answers, further)] : [],
    }
  })
}

export function comparedVersions(
  stores: Stores,
  submission: Submission,
  [a, b]: readonly [number, number],
): ComparedVersions {
  const lines = versionLines(stores, submission)
  const versions = stores.submissions.versions(submission.id)
  const both = [a, b].map((version) => versions[version - 1]!.answers)
  const further = furtherOf(stores, both)
  const [left, right] = [a, b].map((version) => {
    const { answers, typedHospital } = versions[version - 1]!
    return [...(typedHospital ? namedLines(typedHospital) : []), ...officeLines(answers, further)]
  })
  return {
    a: lines[a - 1]!,
    b: lines[b - 1]!,
    rows: left!.map(({ label, text }, index) => {
      const other = right![index]!.text
      return { label, a: text, b: other, differs: text !== other }
    }),
  }
}

type Named = Submission['typedHospital']

function namedChanges(before: Named, after: Named): VersionLine['changes'] {
  if (!before || !after) return []
  const lines = namedLines(after)
  return namedLines(before)
    .map(({ label, text }, index) => ({ label, before: text, after: lines[index]!.text }))
    .filter((line) => line.before !== line.after)
}
