import { z } from 'zod'
import type { Archive } from './archive.ts'
import { type Difference, firstDifference, shown } from './first-difference.ts'
import { frozenFile, missingFile } from './frozen-file.ts'

/** As much of `register.json` as the snapshot has too. Whatever else is in it was as it was when it was frozen. */
const registerSchema = z.looseObject({
  entries: z.array(
    z.looseObject({
      hospital: z.looseObject({ code: z.string(), name: z.string() }),
      number: z.string().nullable(),
      lot: z.exactOptional(z.string()),
      answers: z.looseObject({ extra: z.exactOptional(z.record(z.string(), z.unknown())) }).nullable(),
    }),
  ),
})
type FrozenRegister = z.infer<typeof registerSchema>

/** Null where there is none that can be read. */
export function registerIn(files: Archive['files']): FrozenRegister | null {
  const found = frozenFile<FrozenRegister>(files, 'register.json', registerSchema)
  return found && 'file' in found ? found.file.content : null
}

type Contents = Pick<Archive, 'files' | 'snapshot'>

/** Frozen with every register that is held against the snapshot: an archive of before had none of them, and verifies as it did. */
const BESIDE = ['lottery.json', 'questions.json', 'reasons.json', 'classes.json']

/** These go with the selection itself; the others are written of every edition, also where it only follows a selection of before. */
const OF_THE_SELECTION = ['lottery.json', 'questions.json']

const NO_REGISTER = '選定の入力（snapshot）と照合する、病院台帳と回答の写し（register.json）がありません。'

/**
 * What hospitals said to further questions stands in the snapshot and in the register, and what is known of them: every
 * hospital is in both.
 */
export function answersDifference({
  files,
  snapshot,
  amendment,
}: Contents & Pick<Archive, 'amendment'>): Difference | null {
  if (!BESIDE.some((beside) => files.some(({ name }) => name === beside))) return null
  const found = frozenFile<FrozenRegister>(files, 'register.json', registerSchema)
  if (!found) return missingFile(files, 'register.json', NO_REGISTER)
  if ('difference' in found) return found.difference
  const { content, path } = found.file
  const entries = new Map(content.entries.map((entry, index) => [entry.hospital.code, { entry, index }]))
  const inSnapshot = new Set(snapshot.candidates.map(({ code }) => code))
  const left = content.entries.find(({ hospital }) => !inSnapshot.has(hospital.code))
  if (left) return missingCandidate(left.hospital)
  const asked = (snapshot.policy.questions ?? []).map(({ id, label }) => ({ id, label }))
  for (const { code, name, submission } of snapshot.candidates) {
    const known = entries.get(code)
    if (!known) {
      const at = [...path, 'entries', content.entries.length]
      return { path: at, expected: shown(code), found: 'なし', about: `「${name}」の行がありません。` }
    }
    if (submission === null || known.entry.answers === null) continue
    const { extra = {} } = known.entry.answers
    for (const { id, label } of asked) {
      const [one, other] = [own(submission.extra ?? {}, id), own(extra, id)]
      if (one === other) continue
      return {
        path: [...path, 'entries', known.index, 'answers', 'extra', id],
        expected: shown(one),
        found: shown(other),
        about: `質問「${label}」への「${name}」の回答が、選定の入力（snapshot）と異なります。`,
      }
    }
  }
  return changedFact({ files, snapshot }, factsOf({ files, amendment }))
}

/** Before other rounds were facts, hospitals were excluded in the snapshot alone: an edition may follow one of then. */
function factsOf({ files, amendment }: Pick<Archive, 'files' | 'amendment'>): string[] {
  const isOfToday = amendment === null || files.some(({ name }) => OF_THE_SELECTION.includes(name))
  return isOfToday ? [...FACTS, 'override'] : FACTS
}

/** What of a hospital both have. */
const FACTS = ['name', 'region', 'beds', 'functions', 'inspection']

/**
 * Of a snapshot the first fact that the register knows otherwise, with its place in the snapshot.
 * @param facts before other rounds were facts, hospitals were excluded in the snapshot alone: there `override` says nothing
 */
export function changedFact(
  { files, snapshot }: Contents,
  facts: readonly string[] = FACTS,
): Difference | null {
  const register = registerIn(files)
  if (!register) return null
  const candidates = new Map(
    snapshot.candidates.map((candidate, index) => [candidate.code, { candidate, index }]),
  )
  const asked = (snapshot.policy.questions ?? []).map(({ id }) => id)
  for (const { hospital, answers, ...entry } of register.entries) {
    const known = candidates.get(hospital.code)
    if (!known) return missingCandidate(hospital)
    const difference = firstDifference(
      picked({ ...entry, ...hospital, submission: said(answers, asked) }, [...facts, 'submission']),
      picked({ ...known.candidate, submission: said(known.candidate.submission, asked) }, [
        ...facts,
        'submission',
      ]),
      ['snapshot', 'candidates', known.index],
    )
    if (difference) return { ...difference, about: `「${hospital.name}」についての事実です。` }
  }
  return null
}

/** Who is in the register was there to be selected from. */
function missingCandidate({ code, name }: { code: string; name: string }): Difference {
  const about = `「${name}」の行がありません。`
  return { path: ['snapshot', 'candidates'], expected: shown(code), found: 'なし', about }
}

/** What both have of an answer, in the snapshot's form. */
function said(answers: Record<string, unknown> | null, asked: readonly string[]): unknown {
  const extra = Object.entries((answers?.extra ?? {}) as Record<string, unknown>)
  return (
    answers && {
      ...picked(answers, ['emr', 'emrPlannedMonth', 'intent', 'gmisConsent']),
      extra: Object.fromEntries(extra.filter(([id]) => asked.includes(id))),
    }
  )
}

function picked(record: Record<string, unknown>, keys: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(keys.map((key) => [key, record[key]]))
}

function own(record: Readonly<Record<string, unknown>>, key: string): unknown {
  return Object.hasOwn(record, key) ? record[key] : undefined
}
