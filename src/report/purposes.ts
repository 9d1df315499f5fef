// The names of the formats, for those who do not render any.

/** What each format is for. */
export const purposes: Readonly<Record<string, string>> = {
  text: 'people at a terminal',
  json: 'the whole result, for scripts and for `report`',
  ndjson: 'the same as one object per line, for tools that read line by line',
  html: 'a report to forward: one file, with a search, readable without scripts',
  markdown: 'a comment on a pull request or merge request',
  csv: 'spreadsheets: one row per segment and PXE point',
  sarif: 'code scanning (GitHub, Azure DevOps) and editors, SARIF 2.1.0',
  junit: 'test reports of Jenkins, GitLab, Azure and others: one case per segment and PXE point',
  github: 'annotations in GitHub Actions',
  gitlab: 'the Code Quality report of GitLab',
  azure: 'issues in Azure Pipelines',
  prometheus: 'the textfile collector of Prometheus; audit --prometheus FILE writes the duration too',
}
