export const platformMessages = {
  'platform.title': 'Platform',
} as const;
