import BatchDomain
import TerminalKit

extension EndpointPage {
    mutating func handle(_ event: Event, in scene: Scene) -> [Request]? {
        var tabs = tabs
        if event.click(in: scene.area.row(0)) != nil {
            if case .opened(let index)? = tabs.handle(event, in: scene.area.row(0)) { open(Tab(rawValue: index)) }
            return []
        }
        let inside = inside(scene)
        switch tab {
        case .details:
            return pane.handle(event, details(inside), in: inside) ? [] : nil
        case .deployments:
            switch list.handle(event, in: inside.area, columns: columns(inside)) {
            case .opened(let deployment): return [.open(.model(deployment.model))]
            case .used: return []
            case nil: return nil
            }
        case .runs:
            return runs.handle(event, in: inside)
        }
    }

    private mutating func open(_ tab: Tab?) {
        guard let tab else { return }
        self.tab = tab
        pane = TextPane()
    }

    mutating func run(_ command: Command, in scene: Scene) -> [Request] {
        switch command {
        case .nextTab: open(Tab(rawValue: (tab.rawValue + 1) % Tab.allCases.count))
        case .previousTab: open(Tab(rawValue: (tab.rawValue + Tab.allCases.count - 1) % Tab.allCases.count))
        case .createJob: return [.open(.createJob(endpoint: name, deployment: chosenDeployment?.name))]
        case .addDeployment: return [.open(.addDeployment(endpoint: name))]
        case .editEndpoint: return [.open(.editEndpoint(name))]
        case .tryDeployment:
            let deployment = chosenDeployment?.name ?? endpoint?.defaultDeployment
            return deployment.map { [.open(.tryDeployment(endpoint: name, deployment: $0))] } ?? []
        case .setDefaultDeployment: return [.offer(id: "default", defaultPicker)]
        case .deleteEndpoint:
            return [.ask(id: "delete", .deleting(endpoint: name, deployments: deployments.map(\.name)))]
        case .deleteDeployment:
            return chosenDeployment.map { [.ask(id: "deployment:" + $0.name, .deleting(deployment: $0))] } ?? []
        case .copy: return [.offer(id: "copy", copies.picker)]
        default: return runs.selected.flatMap { JobCommands($0).run(command) } ?? []
        }
        return []
    }

    private var defaultPicker: Picker {
        Picker(
            "Default deployment of \(name)",
            deployments.map { deployment in
                let isDefault = deployment.name == endpoint?.defaultDeployment
                let model = "\(deployment.model.name):\(deployment.model.version)"
                return PickerItem(
                    id: deployment.name,
                    title: deployment.name + (isDefault ? "  ★ default now" : ""),
                    detail: model
                )
            },
            selected: chosenDeployment?.name ?? endpoint?.defaultDeployment,
            emptyText: "No deployments. Press esc, then a to add one."
        )
    }

    func refusal(of command: Command) -> String? {
        switch command {
        case .createJob where deployments.isEmpty, .setDefaultDeployment where deployments.isEmpty,
            .tryDeployment where deployments.isEmpty:
            return "\(name) has no deployment yet; press a to add one."
        case .deleteDeployment:
            guard let chosen = chosenDeployment else { return "There is no deployment here." }
            let isDefault = chosen.name == endpoint?.defaultDeployment && deployments.count > 1
            return isDefault ? "\(chosen.name) is the default; press d to choose another one first." : nil
        case .open, .sort, .reverseSort, .cancelJob, .resumeJob, .retryFailed, .cloneJob, .deleteJob:
            if tab == .runs { return runs.refusal(of: command) }
            return tab == .deployments && deployments.isEmpty ? "There is no deployment here." : nil
        case .editEndpoint, .deleteEndpoint, .copy:
            return endpoint == nil ? "The endpoint is not there." : nil
        default:
            return nil
        }
    }

    mutating func answer(_ question: String, _ choice: String) -> [Request] {
        if question == "default" { return [.perform(.setDefaultDeployment(choice, endpoint: name))] }
        if question == "delete", choice == "delete" { return [.perform(.deleteEndpoint(name))] }
        if question == "copy" { return copies.request(choice) }
        if question.hasPrefix("deployment:"), choice == "delete" {
            return [.perform(.deleteDeployment(String(question.dropFirst("deployment:".count)), endpoint: name))]
        }
        return JobCommands.answer(question, choice)
    }

    mutating func finish(_ useCase: UseCase, _ outcome: Outcome) -> [Request] {
        switch useCase {
        case .setDefaultDeployment(let deployment, _):
            [.say(Toast("Jobs of \(name) run on \(deployment) now.", role: .success)), .fetch(.endpoint(name))]
        case .deleteDeployment(let deployment, _):
            [.say(Toast("Deployment \(deployment) is deleted.", role: .success)), .fetch(.endpoint(name))]
        case .deleteEndpoint:
            [.say(Toast("Endpoint \(name) is deleted.", role: .success)), .back]
        default: JobCommands.finish(useCase, outcome) + [.fetch(.jobs(runs.listing))]
        }
    }
}
