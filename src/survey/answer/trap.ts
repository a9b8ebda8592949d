import type { FieldErrors } from '../../domain/answer/form.ts'
import { fieldsOf } from '../../web/fields.ts'

/** A field that people do not see, and programs that fill in every form do. */
export const TRAP_FIELD = 'website'

/** Whether something stands in it. */
export function isTrapped(body: unknown): boolean {
  return fieldsOf(body)
    .all(TRAP_FIELD)
    .some((text) => text.trim() !== '')
}

/** Said on the form, as it may have been a person whose browser is eager to help: nothing is lost or stored. */
export const TRAPPED: FieldErrors = {
  submissionId:
    '画面に表示されない入力欄に文字が入っていたため、まだ受け付けていません。ブラウザーの自動入力によるものと考えられますので、その欄を取り除きました。入力した内容はこの画面に残っていますので、もう一度「確認画面へ進む」を押してください。',
}
