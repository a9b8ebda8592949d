import type { PolicyVersion } from '../../db/policies.ts'
import type { Stores } from '../../db/stores.ts'
import { roundLabel } from '../../domain/record/round.ts'
import { DEFAULT_POLICY, type Policy } from '../../domain/selection/policy.ts'
import { versionLabel } from '../../domain/selection/words/policy.ts'
import { dateTimeText } from '../../domain/text/dates.ts'
import { officerNames } from '../../office/officer-names.ts'

/** One version of the policy with who saved it, when and why. */
export interface VersionLine {
  version: number
  label: string
  href: string
  policy: Policy
  /** Null for the default that comes with the program. */
  saved: { at: string; author: string; note: string } | null
  /** The confirmed rounds that were decided by it. */
  usedBy: { label: string; href: string }[]
}

/** Newest first; the default is always the last. */
export function versionLines(stores: Stores): VersionLine[] {
  const names = officerNames(stores)
  const stored = stores.policies
    .versions()
    .map((each) => lineOf(stores, each.version, each.policy, savedOf(each, names)))
  return [...stored, lineOf(stores, 0, DEFAULT_POLICY, null)]
}

/** Who saved something, when and why. */
export function savedOf(
  { createdAt, author, note }: Pick<PolicyVersion, 'createdAt' | 'author' | 'note'>,
  nameOf: (login: string) => string,
): NonNullable<VersionLine['saved']> {
  return { at: dateTimeText(createdAt), author: nameOf(author), note }
}

function lineOf(
  { editions }: Stores,
  version: number,
  policy: Policy,
  saved: VersionLine['saved'],
): VersionLine {
  const numbers = editions
    .confirmed()
    .flatMap((round) => (round.policyVersion === version ? [round.number] : []))
  return {
    version,
    label: versionLabel(version),
    href: `/admin/policy/versions/${version}`,
    policy,
    saved,
    usedBy: [...new Set(numbers)].map((number) => ({
      label: `${roundLabel(number)}の確定に使用`,
      href: `/admin/rounds/${number}`,
    })),
  }
}
