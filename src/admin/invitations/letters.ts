import type { FastifyInstance, FastifyRequest } from 'fastify'
import { fillMessage } from '../../domain/survey/message.ts'
import { letterDayText } from '../../domain/text/dates.ts'
import { qrCodeOf } from '../../files/letters/qr-code.ts'
import { inTurn } from '../../office/in-turn.ts'
import { type KeyState, keyState, linkMaker } from '../../office/invitations/links.ts'
import type { InvitationRow } from '../../office/invitations/rows.ts'
import { placeholderValues } from '../../office/requests/messages.ts'
import { forOfficers } from '../access.ts'
import { chosenRows, namesText } from '../chosen.ts'
import { contactLines, type Letter } from '../letter.ts'
import { narrowed } from '../list/list.ts'
import type { AdminOptions } from '../options.ts'
import { adminPage } from '../page.ts'
import { invitationsIn } from './list.ts'

declare module '../page.ts' {
  interface AdminViews {
    'admin/invitations/letters': {
      letters: Letter[]
      /** Chosen ones that have no link that is good: they get no letter. */
      without: { count: number; names: string }
      /** Letters without an address. */
      unaddressed: { count: number; names: string }
      key: KeyState
      /** 文書番号 or the date is left for writing in. */
      isHeadOpen: boolean
    }
  }
}

/** 依頼状: a letter a hospital, for all, a region or chosen ones, with the link as a QR code. */
export function invitationLetterRoutes(app: FastifyInstance, options: AdminOptions): void {
  const { stores, invitationKey, publicUrl } = options

  app.get('/invitations/letters', forOfficers, async (request, reply) => {
    const { rows, list, query } = invitationsIn(request, options)
    const chosen = chosenRows(request.query, rows) ?? narrowed(list, rows, query)
    const linkOf = linkMaker(stores, invitationKey, publicUrl)
    const isGood = ({ invitation }: InvitationRow) => invitation !== null && invitation.revokedAt === null
    const invited = linkOf ? chosen.filter(isGood) : []
    const without = chosen.filter((row) => !isGood(row)).map(({ hospital }) => hospital)
    const unaddressed = invited
      .map(({ hospital }) => hospital)
      .filter(({ postcode, address }) => !postcode || !address)
    const head = stores.messageTexts.head()
    const letters: Letter[] = []
    // A code takes a moment each.
    await inTurn(invited, (row) => letters.push(letterOf(request, row, linkOf!(row.invitation!))))
    return adminPage(reply, 'admin/invitations/letters', {
      letters,
      without: { count: without.length, names: namesText(without) },
      unaddressed: { count: unaddressed.length, names: namesText(unaddressed) },
      key: keyState(stores, invitationKey),
      isHeadOpen: head.documentNumber === '' || head.datedOn === '',
    })
  })

  function letterOf({ site }: FastifyRequest, { hospital, invitation }: InvitationRow, url: string): Letter {
    const { documentNumber, datedOn, sender, person } = stores.messageTexts.head()
    const link = { kind: 'own', url } as const
    const values = placeholderValues({ settings: site, now: options.now(), hospital, link })
    const { subject, body } = fillMessage(stores.messageTexts.current('letter'), values)
    return {
      id: `letter-${invitation!.id}`,
      documentNumber,
      date: datedOn && letterDayText(datedOn),
      addressee: {
        postcode: hospital.postcode ?? '',
        address: hospital.address ?? '',
        name: hospital.name,
        person,
      },
      sender: sender === '' ? [site.issuer] : sender.split('\n'),
      title: subject,
      paragraphs: body.split(/\n{2,}/),
      notes: [
        { label: '回答期限', text: site.deadline || '（未設定）' },
        {
          label: '回答の方法',
          text: 'QRコード、または次のアドレスから回答フォームを開き、入力してください。病院名は選択されています。',
        },
      ],
      link: { code: qrCodeOf(url), caption: '回答フォーム', url },
      contact: contactLines(site),
    }
  }
}
