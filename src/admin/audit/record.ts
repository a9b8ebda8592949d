import type { FastifyInstance, FastifyReply } from 'fastify'
import type { RecordLine } from '../../office/record/reading.ts'
import { recordReader } from '../../office/record/reading.ts'
import { actorChoices, KIND_CHOICES, recordFilter } from '../../office/record/search.ts'
import { forReaders } from '../access.ts'
import { type FileLinks, type FilterDay, type FilterForm, fileLinks } from '../list/list.ts'
import { type Paging, pagingOf } from '../list/paging.ts'
import type { AdminOptions } from '../options.ts'
import { adminPage, type ErrorLine, errorLines } from '../page.ts'
import { mayManage } from '../session/officer.ts'
import { dayPicker } from './day-picker.ts'
import { RECORD, type RecordListQuery } from './query.ts'

interface RecordModel {
  lines: RecordLine[]
  form: FilterForm
  errorSummary: ErrorLine[]
  /** What it is narrowed to, to be read on paper; '' where it is not. */
  narrowed: string
  paging: Paging
  files: FileLinks
  /** What a check of the whole record has just found. */
  verdict: { ok: boolean; text: string; findings: string[] } | null
}

declare module '../page.ts' {
  interface AdminViews {
    'admin/audit/record': RecordModel
  }
}

const PAGE_SIZE = 100

/** 操作の記録: everything that was done, in sentences, the newest first. */
export function recordRoutes(app: FastifyInstance, { stores }: AdminOptions): void {
  app.get('/audit', forReaders, async (request, reply) => show(reply, RECORD.parse(request.query)))

  function show(reply: FastifyReply, query: RecordListQuery): FastifyReply {
    const { request } = reply
    const { filter, errors } = recordFilter(stores, query)
    const paging = pagingOf(stores.audit.search.found(filter), {
      page: query.page,
      size: PAGE_SIZE,
      hrefOf: (page) => RECORD.address({ ...query, page }),
    })
    const offset = Math.max(0, paging.first - 1)
    const entries = stores.audit.search.page(filter, { limit: PAGE_SIZE, offset })
    const read = recordReader(stores, { place: request.site.place, mayManage: mayManage(request) })
    const form = filterForm(query, errors)
    const narrowed = narrowedText({ ...query, ...without(errors) }, form)
    const { recordVerdict } = request.session
    // Told once: the page that is read again later says nothing of the check.
    if (recordVerdict) delete request.session.recordVerdict
    return adminPage(reply, 'admin/audit/record', {
      lines: entries.map(read),
      form,
      errorSummary: errorLines(errors),
      narrowed,
      paging,
      files: fileLinks(RECORD, query),
      verdict: recordVerdict ?? null,
    })
  }

  function filterForm(query: RecordListQuery, errors: DayErrors): FilterForm {
    const { from, to, who, kind, q } = query
    const day = (name: keyof DayErrors, label: string, value: string): FilterDay => {
      return { name, label, value, error: errors[name] ?? null, picker: dayPicker(value) }
    }
    return {
      action: RECORD.path,
      cleared: RECORD.address({ ...query, page: 1 }) === RECORD.path ? null : RECORD.path,
      search: { value: q, placeholder: '病院名、受付番号、氏名、理由' },
      days: [day('from', '期間の始め', from), day('to', '期間の終わり', to)],
      filters: [
        { name: 'who', label: '操作した人', value: who, blank: 'すべて', choices: actorChoices(stores) },
        { name: 'kind', label: '種類', value: kind, blank: 'すべて', choices: KIND_CHOICES },
      ],
    }
  }
}

interface DayErrors {
  from?: string
  to?: string
}

/** A day that is none narrows nothing. */
function without(errors: DayErrors): Partial<Record<'from' | 'to', string>> {
  return Object.fromEntries(Object.keys(errors).map((name) => [name, '']))
}

function narrowedText({ from, to, q }: RecordListQuery, { filters }: FilterForm): string {
  const period = from === '' && to === '' ? [] : [`期間：${from || '最初'}から${to || '現在'}まで`]
  const chosen = filters.flatMap(({ label, value, choices }) => {
    const choice = choices.find(({ id }) => id === value)
    return choice ? [`${label}：${choice.label}`] : []
  })
  return [...period, ...chosen, ...(q === '' ? [] : [`検索：「${q}」`])].join('、')
}
