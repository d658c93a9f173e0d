/// A noun of `az ml` that has no commands here: it is known, and one sentence says why.
///
/// The nouns are those of the extension `ml` 2.39 of the Azure CLI.
enum AzureOnlyNoun {
    /// Why there are no commands for a noun; nil for a word that is no noun of `az ml`.
    static func reason(_ noun: String) -> String? {
        switch noun {
        case "online-endpoint", "online-deployment", "serverless-endpoint", "marketplace-subscription":
            "'\(noun)' of az ml is not supported: batchstudio scores batches. Use batch-endpoint and batch-deployment."
        case "component":
            "'component' of az ml is not supported: deployments of pipeline components are not either. "
                + "Use batch-deployment with a model."
        case "registry", "connection", "capability-host", "feature-set", "feature-store", "feature-store-entity",
            "index":
            "'\(noun)' of az ml is not supported: it manages a service of Azure's cloud, and all is on this machine here."
        default: nil
        }
    }
}
