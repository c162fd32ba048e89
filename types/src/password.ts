import { z } from 'zod';

/** The rules of a new password: length alone, no rule about its letters. The server refuses common and personal ones. */
export const passwordRules = { minimumLength: 8, recommendedLength: 15, maximumLength: 128 } as const;

export const newPasswordSchema = z.string().min(passwordRules.minimumLength).max(passwordRules.maximumLength);

/** What the server says about a password that it has taken. */
export const passwordAdviceSchema = z.object({
  hasRecommendedLength: z.boolean(),
  /** A sentence to show; null when there is nothing to better. */
  advice: z.string().nullable(),
});

export type PasswordAdvice = z.infer<typeof passwordAdviceSchema>;
