/// How a list of input files is cut into mini-batches: runs of `size` files in input order, the last one shorter.
package struct MiniBatchPlan: Equatable, Sendable {
    /// Input files, 0 or more.
    package let files: Int
    /// Files of a mini-batch, 1 or more.
    package let size: Int

    package init(files: Int, size: Int) {
        precondition(files >= 0 && size >= 1, "a plan needs a size of 1 or more")
        self.files = files
        self.size = size
    }

    /// How many mini-batches there are.
    package var count: Int { files / size + (files % size == 0 ? 0 : 1) }

    /// The files of mini-batch `id` (0 to `count - 1`), as positions in the list.
    package func range(of id: Int) -> Range<Int> {
        precondition((0..<count).contains(id), "there is no mini-batch \(id)")
        return id * size..<min(files, (id + 1) * size)
    }
}
