/**
 * What a survey of the first edition had without anybody having set it: written into its file by the program itself when these
 * defaults ended. There alone a setting stands without an entry of the record.
 */
export const SETTINGS_BEFORE_RECORD: Readonly<Record<string, string>> = {
  issuedOn: '2024-03-08',
  opensAt: '2024-03-08',
  closesAt: '2024-03-18',
  nationalSeats: '2000',
  contractorContactFrom: '2024-04',
  fiscalYear: '2024',
  gmisSurveyOn: '2024-01-31',
}
