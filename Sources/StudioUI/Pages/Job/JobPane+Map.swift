import BatchDomain
import FoundationEssentials
import TerminalKit

extension JobPane {
    /// The map of mini-batches with its legend.
    func drawMap(in scene: Scene, isTight: Bool, on canvas: inout Canvas) {
        guard let planned = content.job.counts.miniBatches, !scene.area.isEmpty else { return }
        let theme = scene.theme
        let (head, body) = scene.area.splitTop(isTight ? 0 : 1)
        let field = isTight ? body : body.splitBottom(1).rest
        let ranges = TileMap.ranges(count: planned, in: field)
        let running = Set(content.workers.compactMap { $0.activity == "scoring" ? $0.miniBatch : nil })
        TileMap(page.map.tiles(of: ranges, running: running)).draw(in: field, on: &canvas, theme: theme)
        guard !isTight else { return }
        canvas.write(legend(ranges, theme), x: head.x, y: head.y, clip: head)
    }

    /// The title of the map with its signs.
    func legend(_ ranges: [Range<Int>], _ theme: Theme) -> [Span] {
        let scale = ranges.first.map { $0.count > 1 ? " · a tile is \(Figures.count($0.count))" : "" } ?? ""
        var legend = [Span("Mini-batches\(scale)  ", theme[.muted])]
        var signs: [(TileMap.Tile, String)] = [(MiniBatchMap.doneTile, "done")]
        if !job.state.isTerminal { signs += [(MiniBatchMap.runningTile, "running")] }
        if counts.fraction != 1 { signs += [(MiniBatchMap.waitingTile, "waiting")] }
        signs += [(MiniBatchMap.partialTile, "failed files"), (MiniBatchMap.failedTile, "failed")]
        for (tile, word) in signs {
            legend.append(Span(String(tile.glyph), theme[tile.role]))
            legend.append(Span(" \(word)  ", theme[.muted]))
        }
        return legend
    }

    /// The mini-batches of the tile at a cell; nil elsewhere.
    func tile(at cell: Point, _ scene: Scene) -> Range<Int>? {
        if job.state.isTerminal { return endedTile(at: cell, scene) }
        let isTight = Self.isTight(scene.area)
        let map = places(in: scene.area, scene.theme).map
        let body = map.splitTop(isTight ? 0 : 1).rest
        let field = isTight ? body : body.splitBottom(1).rest
        guard let planned = counts.miniBatches, field.contains(cell) else { return nil }
        let ranges = TileMap.ranges(count: planned, in: field)
        let index = (cell.y - field.y) * field.width + cell.x - field.x
        return ranges.indices.contains(index) ? ranges[index] : nil
    }

    /// The mini-batch to open first: one that failed, one with failed files, one that is scored, else the first.
    func miniBatch(in range: Range<Int>? = nil) -> Int? {
        guard let planned = counts.miniBatches, planned > 0 else { return nil }
        let range = range ?? 0..<planned
        let running = content.workers.compactMap(\.miniBatch).filter(range.contains).min()
        return page.map.worst(in: range) ?? running ?? range.lowerBound
    }
}
