package import BatchDomain
import BatchWorkspace

extension DeploymentTest {
    /// The cells of the first rows; a row of JSON lines is one cell.
    package func cells(ofFirst count: Int) -> [[String]] {
        rows.prefix(count).map { $0.hasPrefix("{") ? [$0] : CSVText.cells(of: $0) }
    }
}
