/** Which part of its country a lead is in, where public holidays are known of that. */

export const statements: string[] = [`ALTER TABLE "leads" ADD COLUMN "region" text`]
