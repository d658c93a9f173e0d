extension String {
    /// The text with paths of installed Python packages shortened to `…/sklearn/pipeline.py`: the folders above are the same for all.
    package var withShortLibraryPaths: String {
        guard contains("/site-packages/") else { return self }
        return split(separator: "\n", omittingEmptySubsequences: false).map { line in
            guard let found = line.range(of: "/site-packages/"),
                let start = line[..<found.lowerBound].lastIndex(where: { "\"' ".contains($0) })
            else { return String(line) }
            return line[...start] + "…/" + line[found.upperBound...]
        }
        .joined(separator: "\n")
    }
}

extension Substring {
    /// Where a text begins and ends first; nil where it is not.
    fileprivate func range(of text: String) -> Range<Index>? {
        ranges(of: text).first
    }
}
