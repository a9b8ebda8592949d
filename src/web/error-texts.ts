/** What is said of a request that failed: a heading, and what to do. */
export function errorText(
  status: number,
  side: 'public' | 'admin' = 'public',
): readonly [heading: string, message: string] {
  const [heading, message] = TEXTS[status] ?? TEXTS[status < 500 ? 400 : 500]!
  return [heading, saidTo(side, message)]
}

/** The hospitals ask the prefecture, as every page of theirs says whom; an officer asks whoever runs the machine. */
export function saidTo(side: 'public' | 'admin', message: string): string {
  return side === 'admin' ? message.replace('問合せ先', 'システム管理者') : message
}

const FROM_THE_PAGE = 'このシステムのページを開き直し、その画面から操作してください。'

const TEXTS: Record<number, readonly [heading: string, message: string]> = {
  400: ['送信された内容を読み取れませんでした', '前のページに戻り、もう一度お試しください。'],
  401: ['このページは表示できません', '監視の設定のトークン（METRICS_TOKEN）を確認してください。'],
  403: ['この操作は行えません', 'ページを開き直してから、もう一度お試しください。'],
  404: ['ページが見つかりません', 'アドレスが正しいか確認してください。'],
  405: ['この操作は行えません', '前のページに戻り、もう一度お試しください。'],
  408: [
    '送信が途中で止まりました',
    '送信された内容は、保存していません。通信の状態を確認し、ブラウザーの「戻る」で前のページに戻って、もう一度送信してください。前のページが表示されない場合は、再読み込みすると、入力した内容に戻ります。',
  ],
  413: [
    '送信された内容が大きすぎます',
    '送信できる量を超えているため、受け付けていません。ブラウザーの「戻る」で前のページに戻り、備考を1,000文字以内にしてから、もう一度お試しください。前のページが表示されない場合は、再読み込みすると、入力した内容に戻ります。',
  ],
  414: ['アドレスが長すぎます', 'アドレスが正しいか確認してください。'],
  415: [
    '送信の形式が正しくありません',
    '送信された内容の形式や文字コードを読み取れないため、受け付けていません。このシステムのページを開き直し、その画面から送信してください。',
  ],
  417: ['この操作は行えません', FROM_THE_PAGE],
  429: [
    '短い時間に操作が集中しています',
    '恐れ入りますが、しばらく待ってから、もう一度お試しください。入力した内容は、ブラウザーの「戻る」で確認できます。',
  ],
  431: [
    'ブラウザーから送られた情報が長すぎます',
    'このシステムのCookieを削除するか、別のブラウザーで、もう一度お試しください。',
  ],
  500: [
    'システムに問題が発生しました',
    '操作は完了していません。しばらく待ってから、もう一度お試しください。続く場合は、問合せ先まで御連絡ください。',
  ],
  503: [
    'ただいま利用できません',
    '送信された内容がある場合は、保存していません。しばらく待ってから、もう一度お試しください。入力した内容は、ブラウザーの「戻る」で確認できます。',
  ],
}
