/// Everything that a key, the palette or the mouse can ask for.
///
/// The raw value names it in a keymap file.
enum Command: String, CaseIterable, Sendable {
    case quit = "app.quit"
    case leave = "app.leave"
    case back = "app.back"
    case help = "app.help"
    case palette = "app.palette"
    case errorLog = "app.errors"
    case chooseTheme = "app.theme"
    case refresh = "app.refresh"
    case suspend = "app.suspend"
    case dismissToast = "app.dismiss"

    case goEndpoints = "go.endpoints"
    case goModels = "go.models"
    case goData = "go.data"
    case goEnvironments = "go.environments"
    case goCompute = "go.compute"
    case goJobs = "go.jobs"

    case open = "table.open"
    case filter = "table.filter"
    case sort = "table.sort"
    case reverseSort = "table.reverse"
    case down = "table.down"
    case up = "table.up"
    case top = "table.top"
    case bottom = "table.bottom"

    case nextTab = "tab.next"
    case previousTab = "tab.previous"

    case scrollDown = "text.down"
    case scrollUp = "text.up"
    case pageDown = "text.page"

    case followLog = "log.follow"
    case searchLog = "log.search"
    case findOlder = "log.older"
    case findNewer = "log.newer"

    case submit = "form.submit"

    case createEndpoint = "endpoint.create"
    case editEndpoint = "endpoint.edit"
    case deleteEndpoint = "endpoint.delete"
    case addDeployment = "deployment.add"
    case setDefaultDeployment = "deployment.default"
    case deleteDeployment = "deployment.delete"
    case createJob = "job.create"

    case registerModel = "model.register"
    case deployModel = "model.deploy"
    case deleteModel = "model.delete"
    case registerData = "data.register"
    case deleteData = "data.delete"
    case createEnvironment = "environment.create"
    case deleteEnvironment = "environment.delete"
    case createCompute = "compute.create"
    case deleteCompute = "compute.delete"

    case cancelJob = "job.cancel"
    case resumeJob = "job.resume"
    case cloneJob = "job.clone"
    case deleteJob = "job.delete"
    case openOutput = "output.open"
    case copy = "page.copy"
    case versions = "page.versions"
    case users = "page.users"

    case wizardNext = "wizard.next"
    case wizardEdit = "wizard.edit"
    case wizardSteps = "wizard.steps"
    case wizardBack = "wizard.back"
    case wizardCreate = "wizard.create"
    case wizardSave = "wizard.save"
}
