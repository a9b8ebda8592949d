import type { RecordKind, Sentence } from './sentence.ts'
import { ANSWERS } from './sentences-answers.ts'
import { MASTER } from './sentences-master.ts'
import { MESSAGES } from './sentences-messages.ts'
import { RECORD, SETTINGS, USERS } from './sentences-office.ts'
import { QUESTIONS } from './sentences-questions.ts'
import { ROUNDS } from './sentences-rounds.ts'
import { SELECTION } from './sentences-selection.ts'

/** Every kind of action on the record, in the order of the year: a file a noun, a line an action. */
export const RECORD_KINDS: readonly RecordKind[] = [
  MASTER,
  QUESTIONS,
  ANSWERS,
  MESSAGES,
  SELECTION,
  ROUNDS,
  SETTINGS,
  USERS,
  RECORD,
]

const SENTENCES = new Map<string, Sentence>(
  RECORD_KINDS.flatMap(({ sentences }) => Object.entries(sentences)),
)
const NOUNS = new Map<string, string>(RECORD_KINDS.flatMap(({ nouns }) => Object.entries(nouns)))

/** What is said of an action; null where nobody has put it into words yet. */
export function sentenceOf(action: string): Sentence | null {
  return SENTENCES.get(action) ?? null
}

/** What an action of an unknown kind was about: 病院台帳; '' where not even that is known. */
export function nounOf(action: string): string {
  return NOUNS.get(action.split('.')[0]!) ?? ''
}
