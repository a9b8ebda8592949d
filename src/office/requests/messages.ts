import type { Hospital } from '../../domain/master/hospital.ts'
import type { PlaceholderValues } from '../../domain/survey/message.ts'
import { daysLeft, deadlineText, periodOf } from '../../domain/survey/period.ts'
import type { Settings } from '../../domain/survey/settings.ts'

/** What is put into a text for one hospital. */
interface MessageFacts {
  settings: Settings
  now: Date
  hospital: Pick<Hospital, 'name'>
  /** The hospital's own link, or the address of the open form. */
  link: { kind: 'own' | 'form'; url: string }
}

export function placeholderValues({ settings, now, hospital, link }: MessageFacts): PlaceholderValues {
  const period = periodOf(settings)
  const { issuer, contactSection, contactPhone, contactEmail } = settings
  return {
    病院名: hospital.name,
    調査の名称: settings.title,
    回答期限: period ? deadlineText(period) : '（未設定）',
    残り日数: period ? daysText(daysLeft(period, now)) : '',
    リンク: link.url,
    リンクの注意:
      link.kind === 'own'
        ? 'このアドレスは貴院専用です。アドレスを知っている人は貴院として回答できますので、貴院の関係者以外には知らせないでください。'
        : '',
    発出者: issuer,
    連絡先: [
      `${issuer}　${contactSection}`,
      `電話番号：${contactPhone}`,
      `メールアドレス：${contactEmail}`,
    ].join('\n'),
  }
}

function daysText(left: number): string {
  if (left < 0) return '期限経過'
  return left === 0 ? '本日' : `あと${left}日`
}
