import { START_CODES, type StartCode, StartProblem } from './start-problem.ts'

type DatabaseProblem = Extract<StartCode, keyof typeof TEXTS>

/** Why no survey is opened at a path: what is there, and what to do. */
export function databaseProblem(problem: DatabaseProblem, path: string): StartProblem {
  return new StartProblem(START_CODES[problem], `${path}：${TEXTS[problem]}`)
}

const RESTORE = 'ファイルを別の場所に控えてから、「kakuho restore」でバックアップを復元してください。'

const TEXTS = {
  'no-folder':
    'データベースを置くフォルダーがありません。DATABASE_PATHに誤りがないか確認するか、フォルダーを作成してください。',
  'no-file':
    'ファイルではありません。DATABASE_PATHには、フォルダーではなくファイルの名前を指定してください。',
  'not-permitted':
    'データベースのファイルまたはフォルダーを読み書きする権限がありません。所有者と権限を確認してください。',
  'read-only':
    'データベースのファイルまたはフォルダーに書き込めません（読取り専用です）。書き込める場所に置いてください。',
  empty:
    '中身のない（0バイトの）ファイルです。DATABASE_PATHに誤りがないか確認し、「kakuho restore」でバックアップを復元してください。新しく始める場合は、このファイルを削除してください。',
  'file-gone':
    'データベースがありませんが、その鍵などのファイルが同じ場所に残っています。DATABASE_PATHに誤りがないか確認し、「kakuho restore」でバックアップを復元してください。新しく始める場合は、残っているファイルを別の場所に移してください。',
  missing: 'データベースがありません。DATABASE_PATHに誤りがないか確認してください。',
  'not-a-database':
    'データベース（SQLite）のファイルではありません。DATABASE_PATHに誤りがないか確認してください。',
  'other-application':
    'ほかのプログラムのデータベースです。何も変更していません。DATABASE_PATHに誤りがないか確認してください。',
  newer:
    'このプログラムより新しい版で使われたデータベースです。何も変更していません。新しい版のプログラムで開始してください。',
  'unknown-schema':
    'データベースの表がこのプログラムのものと異なります。何も変更していません。作成した版のプログラムで開始するか、「kakuho restore」でバックアップを復元してください。',
  truncated: `データベースのファイルが途中で切れています。${RESTORE}`,
  corrupt: `データベースのファイルが壊れています。${RESTORE}`,
  'damaged-log': `データベースに移す前の記録（-walのファイル）が壊れているか、失われています。このまま開始すると、受け付けた回答の一部がなくなります。-walと-shmも含めて、${RESTORE}`,
  'foreign-log':
    '別のデータベースの記録（-walのファイル）が同じ場所に残っています。このまま開始すると、復元した内容が書き換えられます。-walと-shmのファイルを別の場所に移してから、開始してください。',
  'no-room': 'データベースに書き込めませんでした。ディスクの空き容量とディスクの状態を確認してください。',
  busy: 'ほかのプログラムがデータベースに書き込んでいます。しばらくしてから、もう一度開始してください。',
  'being-replaced':
    'データベースを入れ替えています（復元などの処理中です）。終わってから、もう一度開始してください。',
  'open-elsewhere':
    'このデータベースは、この版に合わせて更新する必要がありますが、ほかのプログラムが開いています。開いているプログラムを終了してから、もう一度開始してください。',
} satisfies Partial<Record<StartCode, string>>
