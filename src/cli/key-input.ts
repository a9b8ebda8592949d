import { readPublicKeyPem } from '../domain/text/ed25519.ts'
import { badInput } from './command.ts'
import { readInput } from './input.ts'

/** Bigger than any such file. */
const LONGEST = 4096

/** The public key in the file that was named; null where none was. */
export function keyInput(files: readonly string[] = []): string | null {
  const [file, ...others] = files
  if (file === undefined) return null
  if (others.length > 0) throw badInput('--key：公開鍵は1つだけ指定してください。')
  const bytes = readInput(file)
  const key = bytes.length > LONGEST ? null : readPublicKeyPem(Buffer.from(bytes).toString('latin1'))
  if (key === null)
    throw badInput(
      `--key：${file}は公開鍵（Ed25519）のファイルではありません。設定の画面から保存した公開鍵（.pem）を指定してください。`,
    )
  return key
}
