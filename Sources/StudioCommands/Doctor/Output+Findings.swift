import BatchManifest
import StudioCore

extension Output {
    /// The table of what was checked, with what to do where something is missing unless nothing is advised.
    init(findings: [Finding], areAdvised: Bool = true) {
        self.init(
            list: findings.map { finding in
                [
                    "name": .string(finding.name), "state": .string(finding.state.rawValue),
                    "found": .string(finding.found), "advice": .string(finding.advice),
                ]
            },
            columns: [
                TableColumn("State", "state"), TableColumn("What", "name"), TableColumn("Found", "found"),
            ] + (areAdvised ? [TableColumn("WhatToDo", "advice")] : [])
        )
    }
}
