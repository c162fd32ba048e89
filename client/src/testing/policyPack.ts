import type { PolicyPack } from '@commonsight/types/policy';

/** A pack with one purpose, for tests that need any. */
export const testPack: PolicyPack = {
  format: 'commonsight-policy-1',
  name: 'Test city',
  summary: 'A pack for tests.',
  purposes: {
    violentCrime: {
      name: 'Violence',
      explanation: 'A crime against a person.',
      defaultMinutes: 30,
      maximumMinutes: 480,
      approvedBy: [],
    },
  },
  dispatch: { purpose: 'violentCrime' },
  approval: { timeOutMinutes: 30 },
  breakGlass: { roles: ['supervisor'], purposes: ['violentCrime'], maximumMinutes: 60, justificationHours: 24 },
  residential: { allowsLiveView: false },
  retention: { personalValueDays: 730 },
  review: { samplePercent: 5 },
  session: { idleMinutes: 30, reauthenticationHours: 12, requireSecondFactor: 'never' },
};
