/** What the frozen files of a round are called, by their names. Those that are used most come first. */
export const ROUND_FILE_LABELS = {
  'ministry.csv': '厚生労働省への報告（CSV、UTF-8）',
  'ministry.cp932.csv': '厚生労働省への報告（CSV、Shift_JIS）',
  'ministry.xlsx': '厚生労働省への報告（Excel）',
  'internal.xlsx': '内部資料：順位と点数（Excel）',
  'archive.json': '保存用一式',
  'snapshot.json': '選定の入力（JSON形式）',
  'result.json': '選定の結果（JSON形式）',
  'amended.json': '辞退を反映した結果（JSON形式）',
  'register.json': '病院台帳と回答の写し（JSON形式）',
  'lottery.json': '抽選の記録（JSON形式）',
  'questions.json': '質問の写し（JSON形式）',
  'reasons.json': '病院ごとの理由（JSON形式）',
  'checks.json': '確定前の確認（JSON形式）',
  'classes.json': '開示の区分（JSON形式）',
} as const

/** One that nobody has named is called as it is. */
export function roundFileLabel(name: string): string {
  return Object.hasOwn(ROUND_FILE_LABELS, name)
    ? ROUND_FILE_LABELS[name as keyof typeof ROUND_FILE_LABELS]
    : name
}
