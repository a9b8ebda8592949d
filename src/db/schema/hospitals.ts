import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'
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
  updatedAt: instant('updated_at').notNull(),
})
