import { readFileSync } from 'node:fs'
import { programFile } from '../../program-files.ts'

const FILE = programFile('resources/verify.html')

/** 検証用のページ: checks an archive in a browser, without this program and without any network. */
export const VERIFY_PAGE = {
  name: '確定した選定の検証.html',
  fallback: 'verify.html',
  type: 'text/html; charset=utf-8',
} as const

export function verifyPageBytes(): Buffer {
  return readFileSync(FILE)
}
