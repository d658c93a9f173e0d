/// The GPUs that a process may use, or why there are none.
package struct GPUListing: Equatable, Sendable {
    /// The GPUs, by number.
    package var gpus: [GPU]
    /// The reason why there are none, or fewer than the machine has: "nvidia-smi is not on PATH".
    package var remark: String?

    package init(_ gpus: [GPU], remark: String? = nil) {
        self.gpus = gpus
        self.remark = remark
    }

    /// The listing in words: "2 GPUs (0: Tesla T4, 16 GB; 1: Tesla T4, 16 GB)".
    package var found: String {
        let reason = remark.map { "; \($0)" } ?? ""
        if gpus.isEmpty { return "no GPU" + reason }
        let noun = gpus.count == 1 ? "1 GPU" : "\(gpus.count) GPUs"
        return "\(noun) (\(gpus.map(\.description).joined(separator: "; ")))\(reason)"
    }

    /// Those that `CUDA_VISIBLE_DEVICES` leaves, in its order: numbers or beginnings of UUIDs up to the first that names none, as CUDA
    /// reads it.
    ///
    /// - Parameter variable: The variable's value; nil where it is not set.
    /// - Returns: The GPUs that are left.
    package func visible(by variable: String?) -> GPUListing {
        guard let variable else { return self }
        var visible: [GPU] = []
        for entry in variable.split(separator: ",", omittingEmptySubsequences: false) {
            let word = entry.filter { $0 != " " }
            let named = gpus.first { $0.index == Int(word) || (word.hasPrefix("GPU-") && $0.uuid.hasPrefix(word)) }
            guard let named, !visible.contains(named) else { break }
            visible.append(named)
        }
        let hidden = gpus.count - visible.count
        let remark = hidden > 0 ? "CUDA_VISIBLE_DEVICES='\(variable)' leaves out \(hidden)" : nil
        return GPUListing(visible, remark: [self.remark, remark].compactMap(\.self).first)
    }
}

extension GPUListing {
    /// Checks that there are as many GPUs as a job asks for.
    ///
    /// - Throws: ``StudioError`` with code `environment` and what was found.
    package func require(_ count: Int) throws(StudioError) {
        if gpus.count >= count { return }
        throw StudioError(
            .environment,
            "\(Setting.gpus.key) is \(count), but there is \(found).",
            advice: "Lower \(Setting.gpus.key), or see what \"batchstudio doctor\" says of the GPUs.",
            inStudio: "Lower \(Setting.gpus.title)."
        )
    }
}
