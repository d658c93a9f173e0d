/// A compute target as Azure's files and flags name it: `azureml:NAME`, `NAME`, or a path that ends with the name.
package enum ComputeReference {
    /// The name in a reference.
    package static func name(in text: String) -> String {
        let name = text.hasPrefix("azureml:") ? String(text.dropFirst("azureml:".count)) : text
        return name.contains("/") ? FilePaths.name(of: name) : name
    }
}
