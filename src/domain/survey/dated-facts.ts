import { dayText, fiscalYearText, monthText } from '../text/dates.ts'
import type { Settings } from './settings.ts'

/** What the prefecture states of this year's edition, in words. '' where nobody has set it: then no page says it. */
export interface DatedFacts {
  /** 令和8年12月1日（火） */
  issuedOn: string
  /** 令和9年度 */
  fiscalYear: string
  /** 令和9年4月 */
  contractorContactFrom: string
  /** 令和8年10月30日（金） */
  gmisSurveyOn: string
  /** 令和14年3月31日（水） */
  retentionUntil: string
}

type Dated = Pick<Settings, keyof DatedFacts>

export function datedFacts({
  issuedOn,
  fiscalYear,
  contractorContactFrom,
  gmisSurveyOn,
  retentionUntil,
}: Dated): DatedFacts {
  return {
    issuedOn: issuedOn === null ? '' : dayText(issuedOn),
    fiscalYear: fiscalYear === null ? '' : fiscalYearText(fiscalYear),
    contractorContactFrom: contractorContactFrom === null ? '' : monthText(contractorContactFrom),
    gmisSurveyOn: gmisSurveyOn === null ? '' : dayText(gmisSurveyOn),
    retentionUntil: retentionUntil === null ? '' : dayText(retentionUntil),
  }
}
