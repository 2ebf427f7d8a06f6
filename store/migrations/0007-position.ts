/** Where in its history a lead's row was recorded. */

export const statements: string[] = [`ALTER TABLE "leads" ADD COLUMN "position" integer`]
