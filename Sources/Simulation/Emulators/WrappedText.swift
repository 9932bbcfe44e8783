/// Text that breaks before its 80th column, as wrap_printf of drbd-utils puts it together.
struct WrappedText {
    private(set) var bytes: [UInt8] = []
    private var column = 0

    mutating func put(_ piece: String, indent: Int) {
        if column > 0 && column + piece.utf8.count > 80 { end() }
        let isFirst = column == 0
        if isFirst {
            bytes.put(String(repeating: " ", count: indent))
            // So it counts: the blanks of the indentation are left out, and one more.
            column = -1
        }
        let shown = isFirst ? String(piece.drop { $0 == " " }) : piece
        bytes.put(shown)
        column += shown.utf8.count
    }

    mutating func end() {
        bytes.put("\n")
        column = 0
    }
}
