import { execFile } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { promisify } from 'node:util'

const run = promisify(execFile)

/** Of the filter for CSV, as LibreOffice numbers them. */
const CHARACTER_SETS = { 'utf-8': '76', cp932: '64' }

/** Japanese, and numbers and dates are recognised as they are when a file is opened by a double click. */
const OPENED = (encoding: keyof typeof CHARACTER_SETS) =>
  `CSV:44,34,${CHARACTER_SETS[encoding]},1,,1041,false,true`
const SAVED = 'csv:Text - txt - csv (StarCalc):44,34,76,1,,1041,false,true'

/** LibreOffice with a profile and a folder of its own. */
export class LibreOffice {
  readonly #folder = mkdtempSync(join(tmpdir(), 'kakuho-libreoffice-'))

  close(): void {
    rmSync(this.#folder, { recursive: true })
  }

  /** A CSV as it is after being opened and saved, in UTF-8. */
  async csvSaved(bytes: Uint8Array, encoding: keyof typeof CHARACTER_SETS): Promise<string> {
    const source = this.#store('opened.csv', bytes)
    const target = join(this.#folder, 'saved')
    await this.#soffice(`--infilter=${OPENED(encoding)}`, '--convert-to', SAVED, '--outdir', target, source)
    return readFileSync(join(target, 'opened.csv'), 'utf8')
  }

  /** A workbook as it is after its rows were sorted by a column, counted from 0, and it was saved. */
  async xlsxSorted(bytes: Uint8Array, column: number): Promise<Buffer> {
    const source = this.#store('opened.xlsx', bytes)
    const target = join(this.#folder, 'sorted.xlsx')
    await this.#teach()
    await this.#soffice(`macro:///Standard.Sheets.SortRows("${source}","${target}",${column})`)
    return readFileSync(target)
  }

  /** Its first start makes the library of macros anew; what is in it before is gone. */
  async #teach(): Promise<void> {
    const library = join(this.#folder, 'profile/user/basic/Standard')
    if (existsSync(join(library, 'Sheets.xba'))) return
    await this.#soffice('--terminate_after_init')
    writeFileSync(join(library, 'script.xlb'), MODULES)
    writeFileSync(join(library, 'Sheets.xba'), MODULE)
  }

  #store(name: string, bytes: Uint8Array): string {
    const path = join(this.#folder, name)
    writeFileSync(path, bytes)
    return path
  }

  async #soffice(...args: string[]): Promise<void> {
    const profile = pathToFileURL(join(this.#folder, 'profile')).href
    await run('soffice', [`-env:UserInstallation=${profile}`, '--headless', '--norestore', ...args], {
      timeout: 120_000,
    })
  }
}

const DOCTYPE = (name: string, kind: string) =>
  `<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE ${name} PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "${kind}.dtd">\n`

const MODULES = `${DOCTYPE('library:library', 'library')}<library:library xmlns:library="http://openoffice.org/2000/library" library:name="Standard" library:readonly="false" library:passwordprotected="false">
<library:element library:name="Sheets"/>
</library:library>`

/** 並べ替え over the rows below the head, as an officer does it, and saved as a workbook. */
const MODULE = `${DOCTYPE('script:module', 'module')}<script:module xmlns:script="http://openoffice.org/2000/script" script:name="Sheets" script:language="StarBasic">
Sub SortRows(source As String, target As String, column As Integer)
  Dim hidden(0) As New com.sun.star.beans.PropertyValue
  hidden(0).Name = "Hidden"
  hidden(0).Value = True
  document = StarDesktop.loadComponentFromURL(ConvertToUrl(source), "_blank", 0, hidden())
  sheet = document.Sheets.getByIndex(0)
  cursor = sheet.createCursor()
  cursor.gotoEndOfUsedArea(False)
  rows = sheet.getCellRangeByPosition(0, 1, cursor.RangeAddress.EndColumn, cursor.RangeAddress.EndRow)
  Dim fields(0) As New com.sun.star.table.TableSortField
  fields(0).Field = column
  fields(0).IsAscending = True
  Dim sorting(1) As New com.sun.star.beans.PropertyValue
  sorting(0).Name = "SortFields"
  sorting(0).Value = fields()
  sorting(1).Name = "ContainsHeader"
  sorting(1).Value = False
  rows.sort(sorting())
  Dim saving(0) As New com.sun.star.beans.PropertyValue
  saving(0).Name = "FilterName"
  saving(0).Value = "Calc MS Excel 2007 XML"
  document.storeToURL(ConvertToUrl(target), saving())
  document.close(True)
End Sub
</script:module>`
