import BatchDomain
import Foundation
import Testing

struct ComputeTargetTests {
    @Test(arguments: [
        (0, 1, [String]()), (2, 2, []), (-1, 1, ["min_instances"]), (0, 0, ["max_instances"]),
        (3, 2, ["max_instances"]),
        (-1, 0, ["min_instances", "max_instances"]),
    ])
    func `The numbers of a cluster fit each other`(minimum: Int, maximum: Int, fields: [String]) {
        let target = ComputeTarget(
            name: "cpu",
            kind: .amlCompute,
            minInstances: minimum,
            maxInstances: maximum,
            createdAt: Date(timeIntervalSince1970: 0)
        )
        #expect(target.problems().map(\.field) == fields)
    }
}
