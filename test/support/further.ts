import type { FurtherQuestion } from '../../src/domain/answer/further.ts'
import type { TestApp } from './app.ts'

/** A further question of an edition: a number, unless said otherwise. */
export function aFurther(overrides: Partial<FurtherQuestion> = {}): FurtherQuestion {
  const kind = overrides.kind ?? 'number'
  const options = ['あり', 'なし'].map((label, index) => ({
    id: ['yes', 'no'][index]!,
    label,
    isEnded: false,
  }))
  return {
    id: 'links',
    kind,
    label: '外部接続点の数',
    shortLabel: overrides.label ?? '外部接続点',
    support: '',
    required: false,
    unit: kind === 'number' ? 'か所' : '',
    options: kind === 'choice' ? options : [],
    isEnded: false,
    ...overrides,
  }
}

/** The edition's further questions from now on. */
export function askFurther({ questions }: TestApp['stores'], list: readonly FurtherQuestion[]): void {
  const by = { actor: 'test', at: new Date('2024-03-01T00:00:00Z') }
  const said = {
    action: 'question.changed',
    subject: 'q',
    change: '変更',
    detail: { label: '試験' },
  } as const
  const outcome = questions.save(list, { ...by, ...said })
  if (outcome !== 'saved') throw new Error(`questions: ${outcome}`)
}

/** One of each kind, and one that has to be answered. */
export const FOUR: readonly FurtherQuestion[] = [
  aFurther({ required: true }),
  aFurther({ id: 'kinds', kind: 'text', label: '外部接続点の種類' }),
  aFurther({ id: 'map', kind: 'choice', label: 'ネットワーク構成図の有無', required: true }),
  aFurther({ id: 'vendor', kind: 'choice', label: '保守事業者の協力' }),
]
