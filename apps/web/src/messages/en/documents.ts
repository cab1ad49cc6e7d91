// Words of the screens in screens/documents. Keys begin with "documents.".
export const documents = {
  'documents.title': 'How your data is used',
  'documents.says': 'These pages are printed from the same rules that Attune itself obeys. Change a rule and the page changes with it.',
  'documents.for': ({ audience }: { audience: string }) => `For ${audience}`,
  'documents.edition': ({ edition, day }: { edition: string; day: string }) => `Edition ${edition}, last changed ${day}`,
  'documents.print': 'Print this page',
  'documents.pdf': 'Save as PDF',
  'documents.demo': 'Demo: everyone and everything here is made up',
  'documents.back': 'All pages',
  'documents.contents': 'On this page',
  'documents.loading': 'Fetching the policy…',
}
