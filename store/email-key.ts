/** What e-mail addresses are compared by: nobody's mailbox differs from another's by case, or by blanks around it. */
export const emailKey = (email: string): string => email.trim().toLowerCase()
