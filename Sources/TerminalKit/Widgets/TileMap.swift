/// Many things at a glance, one sign each or one sign for many: done, running, waiting, failed.
package struct TileMap: Equatable, Sendable {
    /// A tile, for one element or for several.
    package struct Tile: Hashable, Sendable {
        /// The sign, so that colour is not the only one.
        package var glyph: Character
        /// The colour.
        package var role: Role

        /// Describes a tile.
        package init(_ glyph: Character, _ role: Role) {
            self.glyph = glyph
            self.role = role
        }
    }

    /// The tiles, row by row.
    package var tiles: [Tile]

    /// Shows tiles.
    package init(_ tiles: [Tile]) {
        self.tiles = tiles
    }

    /// Shares things among the tiles an area has room for: each tile stands for one range, none is left out.
    package static func ranges(count: Int, in area: Rect) -> [Range<Int>] {
        let room = area.width * area.height
        guard count > 0, room > 0 else { return [] }
        let tiles = min(count, room)
        return (0..<tiles).map { tile in
            let start = count * tile / tiles
            return start..<(count * (tile + 1) / tiles)
        }
    }

    /// Draws the tiles that fit.
    package func draw(in area: Rect, on canvas: inout Canvas, theme: Theme) {
        canvas.fill(area, style: theme[.text])
        guard !area.isEmpty else { return }
        for (index, tile) in tiles.prefix(area.width * area.height).enumerated() {
            canvas.write(
                String(tile.glyph),
                x: area.x + index % area.width,
                y: area.y + index / area.width,
                style: theme[tile.role],
                clip: area
            )
        }
    }
}
