/** Words of the cards on the overview of entities. */
export const catalogMessages = {
  'catalog.openEndpoint': 'Open endpoint',
  'catalog.noProblem':
    'The portal knows no problem of this name yet: the first push to its repository makes it known.',
  'catalog.problemFacts': 'Objective and repository',
  'catalog.calls': 'What it calls',
  'catalog.callsNothing': 'It calls no endpoint',
  'catalog.callsNothingText':
    'Name the endpoint in consumesApis of its catalog-info.yaml, and this page shows whether it is answered.',
  'catalog.notAnswered':
    'Not answered yet: deploying a version of the model makes the endpoint.',
  'catalog.answersWith': 'Answers with',
  'catalog.allRuns': 'All runs',
  'catalog.lastRuns': 'Last runs',
  'catalog.noModel':
    'No version yet: the first run that succeeds makes the model in the registry.',
  'catalog.noEndpoint':
    'No endpoint yet: deploying a version of the model makes it.',
  'catalog.champion': 'In production',
  'catalog.noChampion': 'No version in production',
  'catalog.noChampionText':
    'A version becomes the champion when its rollout reaches all of the traffic.',
  'catalog.rows': '{{n}} rows',
  'catalog.trainedOn': 'Trained on',
  'catalog.judgedOn': 'Judged on',
  'catalog.answering': 'What answers',
  'catalog.url': 'URL',
  'catalog.uri': 'Where',
  'catalog.format': 'Format',
  'catalog.classification': 'Classification',
  'catalog.personalData': 'Personal data',
  'catalog.view': 'View',
  'classification.public': 'public',
  'classification.internal': 'internal',
  'classification.confidential': 'confidential',
  'classification.restricted': 'restricted',
  'import.refused': 'Refused: {{list}}. {{rest}}',
  'import.others_one': 'The other entity can be imported.',
  'import.others_other': 'The other {{count}} entities can be imported.',
} as const;
