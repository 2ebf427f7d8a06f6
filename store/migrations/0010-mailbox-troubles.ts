/** What mailboxes are refused for, and which of them are paused. */

export const statements: string[] = [
  `CREATE TABLE "mailbox_troubles" (
    "mailbox" text PRIMARY KEY NOT NULL,
    "server" text,
    "verdict" text NOT NULL,
    "fault" text NOT NULL,
    "touches" jsonb NOT NULL,
    "count" integer NOT NULL,
    "first_at" timestamp (3) with time zone NOT NULL,
    "last_at" timestamp (3) with time zone NOT NULL,
    "says" text NOT NULL,
    "paused_at" timestamp (3) with time zone,
    "probe_at" timestamp (3) with time zone,
    "probes" integer DEFAULT 0 NOT NULL,
    "told" boolean DEFAULT false NOT NULL,
    "server_wide" boolean DEFAULT false NOT NULL
  )`,
]
