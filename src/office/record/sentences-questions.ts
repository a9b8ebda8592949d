import type { Piece, RecordKind, Step } from './sentence.ts'

/** 質問: what this edition asks beyond every edition's questions. */
export const QUESTIONS: RecordKind = {
  id: 'questions',
  label: '質問',
  nouns: { question: '質問' },
  sentences: {
    'question.added': (step) => [named(step), 'を追加しました'],
    'question.changed': (step) => [named(step), 'を変更しました'],
    'question.moved': (step) => [
      named(step),
      `を1つ${step.detail.text('act') === 'up' ? '前' : '後'}に移動しました`,
    ],
    'question.ended': (step) => [named(step), 'を終了しました'],
    'question.resumed': (step) => [named(step), 'を再開しました'],
  },
}

function named({ subject, detail }: Step): Piece {
  return { text: `質問「${detail.text('label') || subject}」`, href: '/admin/questions' }
}
