/// Which part of the list of jobs is wanted, and in which order.
package struct JobListing: Hashable, Sendable {
    /// Jobs of this endpoint only.
    package var endpointName: String?
    /// Words that must all occur in a job's names or state.
    package var filter: String
    /// Archived entries, the others, or both.
    package var visibility: Visibility
    /// The column that decides the order; nil is the newest first.
    package var order: JobOrder?
    /// True when the order is turned round.
    package var isDescending: Bool
    /// How many to pass over.
    package var offset: Int
    /// How many to list.
    package var limit: Int

    package init(
        endpointName: String? = nil,
        filter: String = "",
        visibility: Visibility = .active,
        order: JobOrder? = nil,
        isDescending: Bool = false,
        offset: Int = 0,
        limit: Int = 200
    ) {
        self.order = order
        self.isDescending = isDescending
        self.endpointName = endpointName
        self.filter = filter
        self.visibility = visibility
        self.offset = offset
        self.limit = limit
    }

    /// The same list without its parts.
    package var whole: JobListing {
        var listing = self
        (listing.offset, listing.limit) = (0, Int.max)
        return listing
    }
}

/// A part of the list of jobs, and how long the whole list is.
package struct JobSlice: Equatable, Sendable {
    /// How many jobs the listing finds in all.
    package var total: Int
    /// How many come before these.
    package var offset: Int
    /// The jobs.
    package var jobs: [JobOverview]

    package init(total: Int = 0, offset: Int = 0, jobs: [JobOverview] = []) {
        self.total = total
        self.offset = offset
        self.jobs = jobs
    }
}
