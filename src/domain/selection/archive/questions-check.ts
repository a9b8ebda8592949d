import { z } from 'zod'
import type { SnapshotQuestion } from '../questions.ts'
import type { Archive } from './archive.ts'
import { type Difference, shown } from './first-difference.ts'
import { frozenFile, missingFile } from './frozen-file.ts'

const textsSchema = z.looseObject({ id: z.string(), label: z.string() })

/** As much of `questions.json` as the snapshot has too: what was asked, and the choices. */
const questionsSchema = z.looseObject({
  questions: z.array(
    z.looseObject({ ...textsSchema.shape, kind: z.string(), options: z.exactOptional(z.array(textsSchema)) }),
  ),
})
type FrozenQuestions = z.infer<typeof questionsSchema>

/** The texts of the further questions that count are, word for word, those that the hospitals were asked. */
export function textsDifference({ files, snapshot }: Pick<Archive, 'files' | 'snapshot'>): Difference | null {
  const found = frozenFile<FrozenQuestions>(files, 'questions.json', questionsSchema)
  const { questions = [] } = snapshot.policy
  if (!found) return questions.length > 0 ? missingFile(files, 'questions.json', NO_QUESTIONS) : null
  if ('difference' in found) return found.difference
  const { content, path } = found.file
  for (const question of questions) {
    const difference = questionDifference(question, placed(content.questions, [...path, 'questions']))
    const about = `質問「${question.label}」の文または選択肢が、選定の入力（snapshot）と異なります。`
    if (difference) return { ...difference, about }
  }
  return null
}

const NO_QUESTIONS =
  '選定の入力（snapshot）には質問の評価がありますが、質問の写し（questions.json）がありません。'

interface Placed<Item> {
  items: readonly Item[]
  path: (string | number)[]
}

function placed<Item>(items: readonly Item[], path: (string | number)[]): Placed<Item> {
  return { items, path }
}

function questionDifference(
  question: SnapshotQuestion,
  asked: Placed<FrozenQuestions['questions'][number]>,
): Difference | null {
  const index = asked.items.findIndex(({ id }) => id === question.id)
  const path = [...asked.path, index]
  const found = asked.items[index]
  if (!found) return missing(asked.path, question.id)
  if (found.kind !== question.kind) return textDifference([...path, 'kind'], question.kind, found.kind)
  const own = textDifference([...path, 'label'], question.label, found.label)
  if (own || question.kind !== 'choice') return own
  const options = placed(found.options ?? [], [...path, 'options'])
  for (const option of question.options) {
    const difference = optionDifference(option, options)
    if (difference) return difference
  }
  return null
}

function optionDifference(option: Texts, shownOptions: Placed<Texts>): Difference | null {
  const index = shownOptions.items.findIndex(({ id }) => id === option.id)
  const found = shownOptions.items[index]
  return found
    ? textDifference([...shownOptions.path, index, 'label'], option.label, found.label)
    : missing(shownOptions.path, option.id)
}

interface Texts {
  id: string
  label: string
}

function textDifference(path: Difference['path'], expected: string, found: string): Difference | null {
  return expected === found ? null : { path, expected: shown(expected), found: shown(found) }
}

function missing(path: Difference['path'], id: string): Difference {
  return { path, expected: shown(id), found: 'なし' }
}
