import { z } from 'zod'
import type { Candidate } from '../snapshot.ts'
import type { Archive } from './archive.ts'
import { type Difference, firstDifference, shown } from './first-difference.ts'
import { frozenFile } from './frozen-file.ts'

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
const BESIDE = ['lottery.json', 'questions.json', 'reasons.json']

/** What hospitals said to further questions stands in the snapshot and in the register: every hospital is in both. */
export function answersDifference({ files, snapshot }: Contents): Difference | null {
  if (!BESIDE.some((beside) => files.some(({ name }) => name === beside))) return null
  const found = frozenFile<FrozenRegister>(files, 'register.json', registerSchema)
  if (!found || 'difference' in found) return found?.difference ?? null
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
  return null
}

/** Of a snapshot that was changed the first fact that the register knows otherwise, with its place in the snapshot. */
export function changedFact({ files, snapshot }: Contents): Difference | null {
  const register = registerIn(files)
  if (!register) return null
  const candidates = new Map(
    snapshot.candidates.map((candidate, index) => [candidate.code, { candidate, index }]),
  )
  for (const { hospital, answers } of register.entries) {
    const known = candidates.get(hospital.code)
    if (!known) return missingCandidate(hospital)
    const asked = (snapshot.policy.questions ?? []).map(({ id }) => id)
    const difference = firstDifference(
      factsIn(hospital, answers, { of: known.candidate, asked }),
      factsIn(known.candidate, known.candidate.submission, { of: known.candidate, asked }),
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

/** What both have, in the snapshot's form. */
function factsIn(
  hospital: Record<string, unknown>,
  answers: Record<string, unknown> | null,
  { of: { submission }, asked }: { of: Candidate; asked: readonly string[] },
): Record<string, unknown> {
  const extra = Object.entries((answers?.extra ?? {}) as Record<string, unknown>)
  return {
    ...picked(hospital, ['name', 'region', 'beds', 'functions', 'inspection']),
    submission:
      answers && submission
        ? {
            ...picked(answers, ['emr', 'emrPlannedMonth', 'intent', 'gmisConsent']),
            extra: Object.fromEntries(extra.filter(([id]) => asked.includes(id))),
          }
        : answers === null,
  }
}

function picked(record: Record<string, unknown>, keys: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(keys.map((key) => [key, record[key]]))
}

function own(record: Readonly<Record<string, unknown>>, key: string): unknown {
  return Object.hasOwn(record, key) ? record[key] : undefined
}
