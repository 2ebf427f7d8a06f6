/** The environment's clock runs at another speed, and not all leads were told yet. */

export const statements: string[] = [
  `ALTER TABLE "environment" ADD COLUMN "clock_changed" boolean DEFAULT false NOT NULL`,
]
