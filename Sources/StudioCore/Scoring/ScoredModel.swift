import BatchDomain
import Foundation

/// The model of a scoring without an endpoint, and what tells it from others.
struct ScoredModel {
    /// Where it is.
    enum Place {
        /// In the workspace.
        case registered(AssetVersion)
        /// In a folder, or kept by MLflow: to be registered.
        case path(String)
    }

    let place: Place
    /// A digest: the same for the same model, another one once it was trained again.
    let digest: String

    /// - Throws: ``StudioError`` when there is no MLflow model at the path.
    init(_ text: String, in studio: Studio) async throws {
        if text.hasPrefix("azureml:") {
            let version = try await studio.version(of: .model, AssetReference(text, field: "MODEL"))
            place = .registered(version)
            digest = SHA256.hexadecimalDigest(of: "\(version)")
        } else if TrackedModel.isURI(text) {
            place = .path(text)
            digest = SHA256.hexadecimalDigest(of: text)
        } else {
            let folder = studio.caller.absolute(text)
            guard let description = try? String(contentsOfFile: folder + "/MLmodel", encoding: .utf8) else {
                throw StudioError(
                    .file,
                    "\(text) is no folder of an MLflow model: there is no file MLmodel in it.",
                    advice: "Name the folder that mlflow saved; deploy other models with a scoring script."
                )
            }
            place = .path(folder)
            // MLflow gives each model that it saves a number of its own, which is in this file.
            digest = SHA256.hexadecimalDigest(of: folder + "\n" + description)
        }
    }
}
