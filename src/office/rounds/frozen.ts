import type { Edition } from '../../db/edition-rows.ts'
import type { Stores } from '../../db/stores.ts'
import type { FurtherQuestion } from '../../domain/answer/further.ts'
import type { Lottery } from '../../domain/lot/lottery.ts'
import type { QuestionListFile } from '../../domain/record/question-list.ts'
import type { Register } from '../../domain/record/register.ts'
import { type AmendedResult, amend, type Decline } from '../../domain/selection/amendment.ts'
import { type AmendedReading, amendedReading, readingOf } from '../../domain/selection/reading.ts'
import type { SelectionResult } from '../../domain/selection/result.ts'
import type { Snapshot } from '../../domain/selection/snapshot.ts'
import { frozenReasons, type ReasonsFile, type ReasonsOf } from '../../domain/selection/words/reasons.ts'
import { prefectureOf } from '../../domain/survey/prefecture.ts'
import { recent } from '../recent.ts'
import { soundFiles } from './sound-files.ts'

/** The files of an edition, frozen as bytes when it is proposed, or confirmed by one person. */
export const ROUND_FILES = [
  'snapshot.json',
  'result.json',
  /** The result after the declines; only where there were any. */
  'amended.json',
  'register.json',
  /** The further questions that the answers are read by; only where there are any. */
  'questions.json',
  /** What was checked before, as it stood. */
  'checks.json',
  /** The draw that its equal hospitals are ordered by; only where there was one. */
  'lottery.json',
  /** Why every hospital is where it is; none in an edition of before. */
  'reasons.json',
  /** Which column of which file may be seen by whom: its class for disclosure. */
  'classes.json',
  'ministry.csv',
  'ministry.cp932.csv',
  'ministry.xlsx',
  'internal.xlsx',
  /** All of the above, and who decided: made at the confirmation. */
  'archive.json',
] as const
export type RoundFileName = (typeof ROUND_FILES)[number]

/** What is looked at before an edition is frozen. */
export interface Check {
  /**
   * `block`: it cannot be confirmed. `input`: only with a reason that the officer types. `warn`: only with the officer's
   * word. `info`: worth knowing.
   */
  level: 'ok' | 'info' | 'warn' | 'input' | 'block'
  text: string
  /** The page behind it; null where there is none. */
  href: string | null
}

/** The contents of an edition, out of its frozen files alone: today's facts have no say. */
export interface FrozenRound {
  /** As first selected, and after the declines; without any the two say the same. */
  reading: AmendedReading
  /** The master and the answers as they were. */
  register: Register
  /** The further questions as they were. */
  questions: readonly FurtherQuestion[]
  /** What was checked before it was frozen. */
  checks: Check[]
  /** The draw; null where nothing was drawn. */
  lottery: Lottery | null
  /** Null where it was frozen before there were any. */
  reasons: ReasonsOf | null
  /** Files that are missing or changed, and were read from their copies in the archive: of a sound edition none. */
  damaged?: readonly RoundFileName[]
}

export type FrozenReader = (edition: Edition) => FrozenRound

/** The newest of every round are asked for all the time, older editions now and then. */
const MOST_EDITIONS = 16

/**
 * What is frozen never changes, proposed or confirmed: each edition is read once, as long as it is in use. One reader
 * for all who ask.
 */
export function frozenRoundReader(stores: Stores): FrozenReader {
  const reader = readers.get(stores) ?? newReader(stores)
  readers.set(stores, reader)
  return reader
}

const readers = new WeakMap<Stores, FrozenReader>()

function newReader(stores: Stores): FrozenReader {
  const known = recent<number, FrozenRound>(MOST_EDITIONS)
  return (edition) => {
    const frozen = known.get(edition.id) ?? frozenRound(stores, edition)
    known.set(edition.id, frozen)
    return frozen
  }
}

/** What no edition is without. */
const ALWAYS: readonly RoundFileName[] = ['snapshot.json', 'result.json', 'register.json', 'checks.json']

function frozenRound(stores: Stores, edition: Edition): FrozenRound {
  const { json, damaged } = soundFiles(stores, edition, ALWAYS)
  const snapshot = json('snapshot.json') as Snapshot
  const result = json('result.json') as SelectionResult
  const amended = (json('amended.json') ?? amendedBy(result, [])) as AmendedResult
  const register = json('register.json') as Register
  const reasons = json('reasons.json') as ReasonsFile | null
  return {
    reading: amendedReading(readingOf(snapshot, result, prefectureOf(register.prefecture)), amended),
    register,
    questions: (json('questions.json') as QuestionListFile | null)?.questions ?? [],
    checks: json('checks.json') as Check[],
    lottery: json('lottery.json') as Lottery | null,
    reasons: reasons && frozenReasons(reasons),
    damaged,
  }
}

/** @throws where one of the declines cannot be: callers have looked before */
export function amendedBy(result: SelectionResult, declines: readonly Decline[]): AmendedResult {
  const outcome = amend(result, declines)
  if (outcome.ok) return outcome.amended
  throw new Error(outcome.problems.map(({ message }) => message).join(' '))
}
