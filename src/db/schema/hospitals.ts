import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import type { Filing } from '../../domain/master/filings.ts'
import { type BedType, type HospitalFunction, INSPECTION_IDS } from '../../domain/master/hospital.ts'
import { instant } from './instant.ts'

export const hospitals = sqliteTable('hospitals', {
  key: text('code').primaryKey(),
  medicalCode: text('medical_code').unique(),
  naviiCode: text('navii_code').unique(),
  name: text('name').notNull(),
  kana: text('kana'),
  region: text('region').notNull(),
  municipality: text('municipality'),
  address: text('address'),
  phone: text('phone'),
  email: text('email'),
  beds: integer('beds').notNull(),
  bedsByType: text('beds_by_type', { mode: 'json' }).$type<Record<BedType, number>>(),
  functions: text('functions', { mode: 'json' }).$type<HospitalFunction[]>().notNull(),
  inspection: text('inspection', { enum: INSPECTION_IDS }).notNull(),
  postcode: text('postcode'),
  fax: text('fax'),
  gmisId: text('gmis_id'),
  ownership: text('ownership'),
  filings: text('filings', { mode: 'json' }).$type<Filing[]>().notNull().default([]),
  supportedIn: text('supported_in'),
  isClosed: integer('is_closed', { mode: 'boolean' }).notNull().default(false),
  updatedAt: instant('updated_at').notNull(),
})
