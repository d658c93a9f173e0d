import BatchDomain
import BatchWorkspace
import Foundation
import TestSupport
import Testing

struct AssetCommandTests {
    @Test func `registers a model and shows it`() async throws {
        try await CommandBench.with { bench in
            try bench.writeModelAndData()
            let created = await bench.run("model create --name wine --type mlflow_model --path ./model --tags a=b c=d")
            #expect(created.error == "")
            expectGolden(created.output, "model/create.json")
            #expect(await bench.run("model show -n wine") == created)
            #expect(await bench.run("model show -n wine -v 1") == created)
            #expect(await bench.run("model show -n wine --label latest") == created)
        }
    }

    @Test func `names what of a model's environment is not as its files say`() async throws {
        try await CommandBench.with { bench in
            try bench.writeModelAndData()
            let file = bench.folder + "/model/MLmodel"
            let text = try String(contentsOfFile: file, encoding: .utf8)
            try write(text.replacing("env: {conda: conda.yaml}", with: "env: conda.yml"), to: file)
            try write("dependencies: [cudatoolkit, {pip: [mlflow, -e .]}]\n", to: bench.folder + "/model/conda.yaml")
            let created = await bench.run("model create --name wine --path ./model --query version -o tsv")
            #expect(created.output == "1\n")
            expectMessage(created.error, "model/environment-warnings")
        }
    }

    @Test func `lists models in a table`() async throws {
        try await CommandBench.with { bench in
            try bench.writeModelAndData()
            _ = await bench.run("model create --name wine --path ./model")
            _ = await bench.run("model create --name wine --path ./model --description better")
            _ = await bench.run("model create --name beer --path ./model --version 2024")
            expectGolden(await bench.run("model list -o table").output, "model/list.txt")
            expectGolden(await bench.run("model list -n wine -o table").output, "model/versions.txt")
            #expect(await bench.run("model list -r 1 --query [].name -o tsv").output == "beer\n")
        }
    }

    @Test func `says on request that loading a model runs its code`() async throws {
        try await CommandBench.with { bench in
            try bench.writeModelAndData()
            let answer = await bench.run("model create --name wine --path ./model --verbose")
            expectMessage(answer.error, "model/runs-code")
        }
    }

    @Test func `registers data by flags and by a file`() async throws {
        try await CommandBench.with { bench in
            try bench.writeModelAndData()
            expectGolden(await bench.run("data create --name wine --path ./unlabeled").output, "data/create.json")
            try write("name: wine\npath: ./unlabeled\ntype: uri_folder\n", to: bench.folder + "/data.yml")
            _ = await bench.run("data create -f \(bench.folder)/data.yml --set description=newer")
            expectGolden(await bench.run("data list -n wine -o table").narrowTable, "data/versions.txt")
            #expect(await bench.run("data show -n wine --query description -o tsv").output == "newer\n")
        }
    }

    @Test func `registers an environment with its conda file`() async throws {
        try await CommandBench.with { bench in
            try write(
                "name: x\ndependencies:\n- python=3.11\n- pip:\n  - mlflow==2.9.2\n",
                to: bench.folder + "/conda.yaml"
            )
            let created = await bench.run(
                "environment create -n sklearn-env --conda-file ./conda.yaml --image python:3.11"
            )
            expectGolden(created.output, "environment/create.json")
            #expect(await bench.run("environment show -n sklearn-env") == created)
            #expect(await bench.run("environment list --query [].name -o tsv").output == "sklearn-env\n")
        }
    }

    @Test func `registers an environment with a file of pip requirements, as the studio's form does`() async throws {
        try await CommandBench.with { bench in
            try write("mlflow==2.9.2\nscikit-learn\n", to: bench.folder + "/requirements.txt")
            let created = await bench.run("environment create -n pip-env --conda-file requirements.txt")
            #expect(created.exitCode == 0 && created.error == "")
            let environment = try await bench.workspace().environment(AssetReference(name: "pip-env"))
            #expect(environment.source?.requirements == ["mlflow==2.9.2", "scikit-learn"])
        }
    }

    @Test func `makes a compute target as Azure's scripts do`() async throws {
        try await CommandBench.with { bench in
            let created = await bench.run(
                "compute create -n batch-cluster --type amlcompute --min-instances 0 --max-instances 5"
            )
            expectGolden(created.output, "compute/create.json")
            #expect(await bench.run("compute show -n batch-cluster") == created)
            expectGolden(await bench.run("compute list -o table").output, "compute/list.txt")
            let again = await bench.run("compute create -n other-cluster --type amlcompute --query max_instances")
            #expect(again.output == "4\n")
        }
    }

    @Test func `checks a compute target where that is asked for`() async throws {
        try await CommandBench.with { bench in
            let checked = await bench.run("compute show -n local --check -o json --query [].state")
            #expect(checked.exitCode == 0)
            #expect(checked.output.contains("ok"))
        }
    }

    @Test func `deletes a compute target after a yes`() async throws {
        try await CommandBench.with { bench in
            _ = await bench.run("compute create -n batch-cluster --type amlcompute")
            let silent = await bench.run("compute delete -n batch-cluster")
            #expect(silent.exitCode == 1)
            expectMessage(silent.error, "delete/no-terminal")
            var user = bench
            user.reply = "n"
            #expect(await user.run("compute delete -n batch-cluster").exitCode == 1)
            user.reply = "y"
            #expect(await user.run("compute delete -n batch-cluster").exitCode == 0)
            #expect(await bench.run("compute show -n batch-cluster").exitCode == 1)
        }
    }

    @Test(arguments: [
        ("model create --name wine --path ./model", "model"), ("data create --name wine --path ./unlabeled", "data"),
        ("environment create -n wine --image python:3.11", "environment"),
    ])
    func `deletes one version of an asset after a yes`(create: String, group: String) async throws {
        try await CommandBench.with { bench in
            try bench.writeModelAndData()
            for _ in 0..<2 { #expect(await bench.run(create).error == "") }
            let vague = await bench.run("\(group) delete -n wine --yes")
            #expect(vague.exitCode == 2)
            expectMessage(vague.error, "delete/\(group)-without-version")
            var user = bench
            user.reply = "n"
            #expect(await user.run("\(group) delete -n wine -v 1").exitCode == 1)
            #expect(await bench.run("\(group) delete -n wine -v 1 --yes").error == "")
            #expect(await bench.run("\(group) list -n wine --query [].version -o tsv").output == "2\n")
            #expect(await bench.run("\(group) delete -n wine --label latest -y").exitCode == 0)
            #expect(await bench.run("\(group) show -n wine").exitCode == 1)
        }
    }

    @Test func `does not delete a model that a deployment uses`() async throws {
        try await CommandBench.with { bench in
            try await bench.makeEndpoint()
            let refused = await bench.run("model delete -n wine -v 1 --yes")
            #expect(refused.exitCode == 1)
            expectMessage(refused.error, "delete/model-in-use")
        }
    }
}
