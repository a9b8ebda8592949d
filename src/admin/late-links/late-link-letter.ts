import type { Hospital } from '../../domain/master/hospital.ts'
import type { Settings } from '../../domain/survey/settings.ts'

/** The text with which an officer sends a hospital its link, to be copied into a mail. */
export function lateLinkLetter(
  settings: Settings,
  { hospital, url, deadline }: { hospital: Pick<Hospital, 'name'>; url: string; deadline: string },
): string {
  return [
    `${hospital.name}　御担当者様`,
    `「${settings.title}」について、次のリンクから御回答いただけるようにしました。`,
    url,
    `・受付は、${deadline}までです。\n・このリンクから送信できるのは、${hospital.name}の回答1件だけです。\n・リンクを知っている人は回答できますので、貴院の関係者以外には知らせないでください。`,
    `${settings.issuer}　${settings.contactSection}\n電話番号：${settings.contactPhone}\nメールアドレス：${settings.contactEmail}`,
  ].join('\n\n')
}
