// Runs a Jenkinsfile as Groovy, with every directive and step of it written down instead of carried out: a line of JSON for each.
import groovy.json.JsonOutput

class Recorder {
  final List<String> path = []

  def methodMissing(String name, Object given) {
    def args = given as List
    def body = args ? args.last() : null
    if (body instanceof Closure) {
      path << (args.size() > 1 ? "$name ${args.first()}" as String : name)
      body.delegate = this
      body.resolveStrategy = Closure.DELEGATE_FIRST
      body()
      path.remove(path.size() - 1)
    } else println JsonOutput.toJson([path: path, name: name, args: args])
  }

  def propertyMissing(String name) { name }
}

def recorder = new Recorder()
def script = new GroovyShell().parse(new File(args[0]))
script.metaClass.methodMissing = { String name, given -> recorder.methodMissing(name, given) }
script.run()
