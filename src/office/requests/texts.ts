import type { Stores } from '../../db/stores.ts'
import type { InvitationKey } from '../../domain/survey/invitation.ts'
import { fillMessage, type MessageKind } from '../../domain/survey/message.ts'
import type { Settings } from '../../domain/survey/settings.ts'
import type { Template } from '../../domain/text/template.ts'
import { linkMaker } from '../invitations/links.ts'
import type { InvitationRow } from '../invitations/rows.ts'
import { LINK_PLACE } from '../mail/places.ts'
import { placeholderValues } from './messages.ts'

/** Which address stands in a text: the hospital's own link where it has one, or the open form's. */
export type LinkChoice = 'own' | 'form'

interface TextFacts {
  settings: Settings
  now: Date
  key: InvitationKey
  publicUrl: string
  links: LinkChoice
}

/** A text for one hospital. */
interface HospitalText extends Template {
  url: string
  /** Whose link stands in it; null where it is the open form's address. */
  invitation: number | null
}

/** @returns how the current text of a kind reads for a hospital */
export function textWriter(
  stores: Pick<Stores, 'messageTexts' | 'invitations'>,
  kind: MessageKind,
  { settings, now, key, publicUrl, links }: TextFacts,
): (row: Pick<InvitationRow, 'hospital' | 'invitation'>) => HospitalText {
  const text = stores.messageTexts.current(kind)
  const linkOf = links === 'own' ? linkMaker(stores, key, publicUrl) : null
  return ({ hospital, invitation }) => {
    const own = linkOf && invitation && invitation.revokedAt === null ? invitation : null
    const url = own && linkOf ? linkOf(own) : `${publicUrl}/survey`
    const link = { kind: own ? 'own' : 'form', url } as const
    return {
      ...fillMessage(text, placeholderValues({ settings, now, hospital, link })),
      url,
      invitation: own?.id ?? null,
    }
  }
}

/** As a mail is stored: a link of a hospital's own is put in when the mail leaves. */
export function storedBody({ body, url, invitation }: HospitalText): string {
  return invitation === null ? body : body.replaceAll(url, LINK_PLACE)
}
