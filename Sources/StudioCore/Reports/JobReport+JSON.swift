import BatchDomain
package import BatchManifest
import Foundation

extension JobReport {
    /// The report as a value for programs.
    package var value: ManifestValue {
        [
            "job": ManifestValue(job),
            "transitions": .list(
                timings.map { step in
                    [
                        "state": .string(step.state), "at": .string(step.at.formatted(.iso8601)),
                        "seconds": ManifestValue(step.seconds),
                    ]
                }
            ),
            "failures": .list(
                reasons.map {
                    ["reason": .string($0.text), "files": .int($0.files), "example": .string($0.example)]
                }
            ),
            "profile": profile.map { ManifestValue($0, columns: $0.columns, hasBins: false) } ?? .null,
            "profile_note": ManifestValue(profileNote),
            "environment": ["python": ManifestValue(python), "packages": .list(packages.map { .string($0) })],
            "rows": rows.map { page in
                .list(
                    page.rows.map { row in
                        .mapping(zip(page.columns, row).map { ManifestValue.Entry($0, .string($1)) })
                    }
                )
            } ?? .null,
            "made_at": .string(madeAt.formatted(.iso8601)),
        ]
    }
}
