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
  'catalog.trainRows': 'Rows trained on',
  'catalog.testRows': 'Rows judged on',
  'catalog.version': 'Version',
  'catalog.digest': 'Digest of the data',
  'catalog.answering': 'What answers',
  'catalog.url': 'URL',
  'catalog.source': 'Source',
  'catalog.uri': 'Where',
  'catalog.format': 'Format',
  'catalog.classification': 'Classification',
  'catalog.personalData': 'Personal data',
  'catalog.yes': 'yes',
  'catalog.no': 'no',
  'catalog.usedBy': 'Versions trained on it',
  'catalog.uses':
    '{{versions}} versions of {{models}}; different states of the data read: {{states}}',
  'catalog.noModels': 'No model learns from it yet',
  'catalog.noVersions': 'No version yet',
  'catalog.noUseText':
    'A model that names this dataset in trainedOn shows its versions here, with the window, rows and digest that each was made from.',
  'catalog.store': 'Feature store',
  'catalog.view': 'View',
  'catalog.joinKeys': 'Found by',
  'catalog.online': 'Online',
  'catalog.offline': 'Offline',
  'classification.public': 'public',
  'classification.internal': 'internal',
  'classification.confidential': 'confidential',
  'classification.restricted': 'restricted',
} as const;
