/// A wish to see the head of an input, and how it fits a model.
package struct DataPreviewRequest: Hashable, Sendable {
    /// The input.
    package var input: DataReference
    /// A file, a folder or a table; nil takes what the asset says, or looks.
    package var inputKind: DataAsset.Kind?
    /// True when folders within the input are entered; nil does so where the input holds nothing else.
    package var isRecursive: Bool?
    /// The model whose columns are compared; nil for none.
    package var model: AssetReference?
    /// The deployment's options, which the input's own go over.
    package var deploymentOptions: ReadOptions?
    /// Options over the input's own.
    package var readOptions: ReadOptions?
    /// Rows that are shown.
    package var rows: Int

    package init(
        input: DataReference,
        inputKind: DataAsset.Kind? = nil,
        isRecursive: Bool? = nil,
        model: AssetReference? = nil,
        deploymentOptions: ReadOptions? = nil,
        readOptions: ReadOptions? = nil,
        rows: Int = 10
    ) {
        self.input = input
        self.inputKind = inputKind
        self.isRecursive = isRecursive
        self.model = model
        self.deploymentOptions = deploymentOptions
        self.readOptions = readOptions
        self.rows = rows
    }

    /// The options that are read with, given those of the input's table.
    package func options(of table: MLTable?) -> ReadOptions {
        [deploymentOptions, table?.readOptions, readOptions].compactMap { $0 }
            .reduce(ReadOptions()) { $0.overridden(by: $1) }
    }
}
