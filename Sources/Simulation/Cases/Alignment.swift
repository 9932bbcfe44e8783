/// Expected commands beside those that were seen, as many of them side by side as order allows.
struct Alignment {
    /// So many are compared at most; a run that tries again for an hour has more.
    static let limit = (expected: 1000, seen: 4000)

    /// The rows, in order.
    private(set) var rows: [(expected: Int?, seen: Int?)] = []
    /// Whether each of the expected was seen, in order.
    private(set) var isWhole = true

    init(_ expected: Int, _ seen: Int, matches: (Int, Int) -> Bool) {
        let (height, width) = (min(expected, Self.limit.expected), min(seen, Self.limit.seen))
        // The longest common subsequence from each place on.
        var longest = [[Int]](
            repeating: [Int](repeating: 0, count: width + 1), count: height + 1)
        for row in stride(from: height - 1, through: 0, by: -1) {
            for column in stride(from: width - 1, through: 0, by: -1) {
                longest[row][column] = max(
                    matches(row, column) ? longest[row + 1][column + 1] + 1 : 0,
                    longest[row + 1][column], longest[row][column + 1])
            }
        }
        var (row, column) = (0, 0)
        while row < height || column < width {
            let here = longest[row][column]
            if row < height, column < width, matches(row, column),
                longest[row + 1][column + 1] + 1 == here
            {
                rows.append((row, column))
                (row, column) = (row + 1, column + 1)
            } else if row < height, column == width || longest[row + 1][column] == here {
                rows.append((row, nil))
                isWhole = false
                row += 1
            } else {
                rows.append((nil, column))
                column += 1
            }
        }
        if expected > height { isWhole = false }
    }
}
