import BatchDomain

@testable import StudioUI

extension ParityCase {
    static let assetChanges = [
        ParityCase(
            "an MLflow model",
            .registerModel(
                ModelDraft(
                    name: "prices",
                    kind: .mlflow,
                    description: "Prices.",
                    tags: ["team": "sales"],
                    path: "./model"
                )
            ),
            "model create -n prices --type mlflow_model --path ./model --description Prices. --tags team=sales"
        ),
        ParityCase(
            "a file as the next version",
            .registerModel(ModelDraft(name: "wine", kind: .custom, path: "weights/model.bin")),
            "model create -n wine --type custom_model --path weights/model.bin"
        ),
        ParityCase(
            "a folder with an MLmodel file, without a type",
            .registerModel(ModelDraft(name: "prices", version: "7", path: "model")),
            "model create -n prices --version 7 --path model"
        ),
        ParityCase(
            "a folder",
            .registerData(
                DataRegistration(
                    name: "prices",
                    kind: .folder,
                    description: "Prices.",
                    tags: ["team": "sales"],
                    path: .local("./unlabeled")
                )
            ),
            "data create -n prices --type uri_folder --path ./unlabeled --description Prices. --set tags.team=sales"
        ),
        ParityCase(
            "a file with a version",
            .registerData(
                DataRegistration(name: "prices", version: "7", kind: .file, path: .local("unlabeled/a.csv"))
            ),
            "data create -n prices --version 7 --type uri_file --path unlabeled/a.csv"
        ),
        ParityCase(
            "a table",
            .registerData(DataRegistration(name: "prices", kind: .table, path: .local("table"))),
            "data create -n prices --type mltable --path table"
        ),
    ]

    static let assetRefusals = [
        ParityCase(
            "a bad name of a model",
            .registerModel(ModelDraft(name: "wi/ne", kind: .mlflow, path: "model")),
            "model create -n wi/ne --type mlflow_model --path model"
        ),
        ParityCase(
            "a version that exists",
            .registerModel(ModelDraft(name: "wine", version: "1", kind: .mlflow, path: "model")),
            "model create -n wine --version 1 --type mlflow_model --path model"
        ),
        ParityCase(
            "a missing folder",
            .registerModel(ModelDraft(name: "prices", kind: .mlflow, path: "./nosuch")),
            "model create -n prices --type mlflow_model --path ./nosuch"
        ),
        ParityCase(
            "a folder without an MLmodel file",
            .registerModel(ModelDraft(name: "prices", kind: .mlflow, path: "unlabeled")),
            "model create -n prices --type mlflow_model --path unlabeled"
        ),
        ParityCase(
            "a bad name of a data asset",
            .registerData(DataRegistration(name: "wi/ne", path: .local("unlabeled"))),
            "data create -n wi/ne --type uri_folder --path unlabeled"
        ),
        ParityCase(
            "a missing folder of data",
            .registerData(DataRegistration(name: "prices", path: .local("nosuch"))),
            "data create -n prices --type uri_folder --path nosuch"
        ),
        ParityCase(
            "another data asset as the path",
            .registerData(DataRegistration(name: "prices", path: .asset(AssetReference(name: "wine-unlabeled")))),
            "data create -n prices --type uri_folder --path azureml:wine-unlabeled@latest"
        ),
        ParityCase(
            "a folder without an MLTable file",
            .registerData(DataRegistration(name: "prices", kind: .table, path: .local("unlabeled"))),
            "data create -n prices --type mltable --path unlabeled"
        ),
        ParityCase(
            "a bad MLTable file",
            .registerData(DataRegistration(name: "prices", kind: .table, path: .local("no_table"))),
            "data create -n prices --type mltable --path no_table"
        ),
    ]
}
