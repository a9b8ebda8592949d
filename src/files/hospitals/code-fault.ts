import type { CodeFault } from '../../domain/master/code.ts'

/** After 「4.61E+09」は、 */
export const CODE_FAULT_TEXTS: Record<CodeFault, string> = {
  shortened:
    'Excelで指数の表示になったまま保存されたコードです。列の書式を「文字列」にして、コードを入力し直してください。',
  fraction: '小数になっています。列の書式を「文字列」にして、コードを入力し直してください。',
}
