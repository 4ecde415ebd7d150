export const registryMessages = {
  'models.title': 'Models',
} as const;
