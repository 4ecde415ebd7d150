export const pipelineMessages = {
  'pipelines.title': 'Pipelines',
} as const;
