// The script of the page: takes the place of what was written for readers without scripts, once the data is read.
import { contentsOf, pageView } from '../view/page.ts'
import { surveyOf } from '../view/survey.ts'
import { helpView } from '../view/toolbar.ts'
import { build } from './build.ts'
import { copying } from './copy.ts'
import { readResult, readRules } from './data.ts'
import { keys } from './keys.ts'
import { navigation } from './navigation.ts'
import { printing } from './print.ts'
import { saving } from './save.ts'
import { tabs } from './tabs.ts'

async function start(): Promise<void> {
  const result = await readResult()
  const survey = surveyOf(result, readRules(), true)
  const contents = contentsOf(survey)
  for (const old of [...document.body.children]) if (old.tagName !== 'SCRIPT') old.remove()
  document.body.prepend(...pageView(survey, contents, null).map(tree => build(tree)), build(helpView()))
  const { go, findings, sections } = navigation(survey, contents)
  copying(document)
  tabs(document)
  keys(findings, go)
  printing(sections, survey)
  saving(result)
  document.documentElement.dataset.ready = 'true'
}

// What was written for readers without scripts stays where the data cannot be read.
start().catch(error => {
  const said = document.createElement('p')
  said.className = 'note unknown'
  said.textContent = `This browser cannot show all of the report (${error}). What follows was written for readers without scripts.`
  document.body.prepend(said)
})
