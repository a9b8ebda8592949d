import { failed } from './command.ts'

/** What an operator can do about a file that could not be written or read, in a line; anything else is thrown on. */
export function fileProblem(path: string, error: unknown): Error {
  const { code } = error as NodeJS.ErrnoException
  const known = typeof code === 'string' ? KNOWN.find(([pattern]) => pattern.test(code)) : undefined
  return known ? failed(`${path}：${known[1]}`) : (error as Error)
}

const KNOWN: readonly (readonly [RegExp, string])[] = [
  [
    /^(ENOSPC|EDQUOT|EFBIG|SQLITE_FULL)$/,
    '保存先の空き容量が足りません。途中まで書き込んだものは削除しました。',
  ],
  [/^(EACCES|EPERM|EROFS|SQLITE_CANTOPEN.*|SQLITE_READONLY.*)$/, '保存先に書き込む権限がありません。'],
  [/^(ENOENT|ENOTDIR)$/, 'フォルダーがありません。'],
  [/^(EIO|SQLITE_IOERR.*)$/, 'ファイルの読み書きに失敗しました。ディスクの状態を確認してください。'],
  [/^SQLITE_(CORRUPT|NOTADB).*$/, 'データベースが壊れています。'],
  [
    /^SQLITE_BUSY.*$/,
    'ほかの処理がデータベースを使用しています。しばらくしてから、もう一度実行してください。',
  ],
]
