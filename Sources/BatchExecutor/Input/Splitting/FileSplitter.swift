import BatchDomain
import BatchWorkers
import BatchWorkspace
import Foundation
import Glibc
import SystemKit

/// Splits large files into parts, as the read options have them read: a part has whole records, and their numbers in the file.
///
/// A file that can't be split with certainty is left whole: one worker scores it.
struct FileSplitter: Sendable {
    /// Bytes of a file beyond which it is split.
    let size: Int
    /// Workers of the job: a file has a multiple of them as parts, so that none is idle while others score its last ones.
    let workers: Int
    let options: ReadOptions
    /// True when the model needs columns by their names.
    let needsColumns: Bool
    /// True when parts of Parquet files can be read: by the readers of MLflow models, not by a script that gets a file.
    let splitsParquet: Bool
    /// Rows of the blocks in which a file is read; nil where they depend on its bytes.
    let blockRows: Int?

    /// Bytes of text that are scanned together.
    private static let block = 1 << 20
    /// A part of a Parquet file begins at a multiple of so many rows, as the blocks of a whole file do: libraries compute the rows
    /// that are left over in another order.
    private static let parquetStep = 64
    /// Most parts of a file: each is a row of the journal, which looks at all of a file's parts.
    private static let maxParts = 4096
    /// Blocks after which other work gets a turn.
    private static let blocksOfTurn = 64
    private static let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]
    /// The beginnings of compressed files, and of text in encodings of several bytes a character.
    private static let foreign: [[UInt8]] = [
        [0x1F, 0x8B], Array("BZh".utf8), [0xFD, 0x37, 0x7A, 0x58, 0x5A, 0], [0x28, 0xB5, 0x2F, 0xFD], Array("PK".utf8),
        [0xFE, 0xFF], [0xFF, 0xFE], [0, 0, 0xFE, 0xFF],
    ]

    /// The parts of a file; nil when it is not split.
    ///
    /// - Parameters:
    ///   - file: The file as it was listed.
    ///   - root: The input's root.
    /// - Returns: The parts, in order.
    /// - Throws: `CancellationError`.
    func parts(of file: InputFile, below root: String) async throws -> [FilePart]? {
        let name = String(decoding: file.path, as: UTF8.self)
        guard file.size > size, let format = SplitFormat(of: name, given: options[.format]?.text),
            let source = SplitSource(file, below: root)
        else { return nil }
        defer { source.close() }
        switch format {
        case .parquet:
            guard splitsParquet else { return nil }
            let found = try await DiskWork.run { ParquetRowGroups(of: source.descriptor, size: file.size) }
            guard let groups = found else { return nil }
            return groups.parts(ofSize: partSize(of: groups.bytes), step: blockRows ?? Self.parquetStep)
        case .jsonLines:
            guard options.areForSplitText else { return nil }
            let dialect = DelimitedScan.Dialect(delimiter: 0)
            return try await scan(source, dialect, header: 0, lines: 0)
        case .delimited(let usual):
            guard options.areForSplitText, let header = header(of: source, usual: usual) else { return nil }
            return try await scan(source, header.dialect, header: header.length, lines: header.lines)
        }
    }

    /// Bytes of a part of so many bytes.
    private func partSize(of bytes: Int) -> Int {
        let least = max(1, (bytes + size - 1) / size)
        let step = 2 * workers
        let count = min((least + step - 1) / step * step, max(least, bytes / min(size / 4, 1 << 20)), Self.maxParts)
        return max(1, (bytes + count - 1) / count)
    }

    private func header(of source: SplitSource, usual: UInt8?) -> DelimitedHeader? {
        let head = source.bytes(at: 0, count: Self.block)
        guard options.header ?? true, !Self.foreign.contains(where: head.starts) else { return nil }
        let mark = head.starts(with: Self.byteOrderMark) ? Self.byteOrderMark.count : 0
        let quote: UInt8?
        switch options.character(.quote) {
        case .none: quote = UInt8(ascii: "\"")
        case .some(.word): quote = nil
        case .some(.byte(let byte)): quote = byte
        case .some(.other): return nil
        }
        var given: UInt8?
        switch options.character(.delimiter) {
        case .none: break
        case .some(.byte(let byte)): given = byte
        case .some: return nil
        }
        let header = head.withUnsafeBytes { bytes in
            DelimitedHeader(
                UnsafeRawBufferPointer(rebasing: bytes[mark...]),
                isWhole: head.count < Self.block,
                given: given,
                usual: usual,
                quote: quote,
                skipped: options.skippedRows,
                needsColumns: needsColumns
            )
        }
        guard var header else { return nil }
        header.length += mark
        return header
    }

    private func scan(
        _ source: SplitSource,
        _ dialect: DelimitedScan.Dialect,
        header: Int,
        lines: Int
    ) async throws -> [FilePart]? {
        if header == 0, Self.foreign.contains(where: source.bytes(at: 0, count: 8).starts) { return nil }
        let first = RecordCuts.Cut(offset: header, rows: 0, lines: lines)
        let partSize = partSize(of: source.size - header)
        let cuts = blockRows.map { RecordCuts(at: first, partSize: partSize, steps: [$0]) }
        var scan = DelimitedScan(dialect, cuts: cuts ?? RecordCuts(at: first, partSize: partSize))
        if header == 0, source.bytes(at: 0, count: 3).starts(with: Self.byteOrderMark) {
            scan.pass(over: Self.byteOrderMark.count)
        }
        var position = scan.position
        while position < source.size {
            try Task.checkCancellation()
            let begin = (scan, position)
            guard
                let next = try await DiskWork.run({
                    var (scan, position) = begin
                    return source.forEachBlock(from: &position, blockSize: Self.block, most: Self.blocksOfTurn) {
                        scan.scan($0)
                    }
                        ? (scan, position) : nil
                })
            else { return nil }
            (scan, position) = next
        }
        guard let end = scan.end(), source.isUnchanged else { return nil }
        return scan.cuts.parts(to: end, header: header)
    }
}

extension ParquetRowGroups {
    /// Runs of row groups of at least so many bytes each, which begin at multiples of `step` rows; nil when it is one.
    func parts(ofSize size: Int, step: Int) -> [FilePart]? {
        var runs: [FilePart.Records] = []
        var (first, row, rows, bytes) = (0, 0, 0, 0)
        for (index, group) in groups.enumerated() {
            rows += group.rows
            bytes += group.bytes
            let isLast = index == groups.count - 1
            guard isLast || bytes >= size && (row + rows).isMultiple(of: step) else { continue }
            if rows == 0, let last = runs.popLast() {
                // Groups without rows at the end are no part of their own.
                runs.append(
                    FilePart.Records(bytes: last.bytes.lowerBound..<index + 1, firstRow: last.firstRow, rows: last.rows)
                )
                continue
            }
            runs.append(FilePart.Records(bytes: first..<index + 1, firstRow: row, rows: rows))
            (first, row, rows, bytes) = (index + 1, row + rows, 0, 0)
        }
        guard runs.count > 1 else { return nil }
        return runs.enumerated().map { FilePart(index: $0, count: runs.count, records: $1) }
    }
}
