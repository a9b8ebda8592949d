import type { FastifyInstance } from 'fastify'
import { askedFurther } from '../../domain/answer/further.ts'
import { QUESTIONS, type Question } from '../../domain/answer/questions.ts'
import { isFurther, questionsWith } from '../../domain/answer/with-further.ts'
import { keptPage } from '../../web/kept-page.ts'

interface BlankSheetModel {
  /** Whose answer it is, and whom to call: a line to write on each. */
  lines: { label: string; hint: string }[]
  /** What is asked, each with its choices to tick. */
  choices: BlankQuestion[]
  /** What this edition asks besides: choices to tick, numbers and texts to write. */
  further: FurtherBlank[]
}

type FurtherBlank = Pick<Question, 'number' | 'label' | 'kind' | 'unit' | 'required' | 'choices'> & {
  hint: string
}

interface BlankQuestion {
  id: string
  number: string
  label: string
  hint: string
  choices: { label: string; month: boolean }[]
}

declare module '../../web/views.ts' {
  interface Views {
    'survey/notice/blank-sheet': BlankSheetModel
  }
}

/** 回答票: empty, on one A4, for whoever sends a fax or a letter. An officer enters it. */
export function blankSheetRoutes(app: FastifyInstance): void {
  keptPage(app, '/survey/blank', ({ further }, view) =>
    view('survey/notice/blank-sheet', {
      lines: LINES.map((id) => {
        const { label } = questionNamed(id)
        return { label, hint: HINTS[id] ?? '' }
      }),
      choices: CHOICES.map((id) => {
        const { number, label, choices } = questionNamed(id)
        return {
          id,
          number,
          label,
          hint: HINTS[id] ?? '',
          choices: choices.map((choice) => ({
            label: choice.label,
            month: id === 'emr' && choice.id === 'planned',
          })),
        }
      }),
      further: questionsWith(askedFurther(further))
        .filter(isFurther)
        .map(({ support, ...question }) => ({ ...question, hint: support })),
    }),
  )
}

const LINES = ['department', 'contactName', 'phone', 'email'] as const
const CHOICES = ['emr', 'intent', 'gmisConsent'] as const

const HINTS: Partial<Record<string, string>> = {
  emr: '院内の一部に導入している場合は「一部導入済み」を選んでください。',
  intent:
    '支援の内容は、「外部ネットワークとの接続の安全性の検証・検査」と「オフライン・バックアップ体制の整備」の2つです。',
  gmisConsent: '活用を希望しないことを理由に、評価を下げることはありません。',
}

function questionNamed(id: (typeof LINES)[number] | (typeof CHOICES)[number]): Question {
  return QUESTIONS.find((question) => question.id === id)!
}
