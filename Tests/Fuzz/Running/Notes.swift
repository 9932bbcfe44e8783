import Foundation

/// The file in which stands what is being read, since a trap leaves no time to say so.
final class Notes {
    /// What the file said when the process that wrote it was over.
    struct Reading {
        let number: Int
        let label: String
        let input: Input
    }

    private let file: FileHandle

    init(path: String) throws {
        _ = FileManager.default.createFile(atPath: path, contents: nil)
        file = try FileHandle(forUpdating: URL(filePath: path))
    }

    /// Notes an input before it is read.
    func write(_ number: Int, _ label: String, _ input: Input) throws {
        let bytes = input.file
        let head = "\(number)\n\(bytes.count)\n\(label)\n"
        try file.seek(toOffset: 0)
        try file.write(contentsOf: Data(Array(head.utf8) + bytes))
    }

    static func read(_ path: String) -> Reading? {
        guard let bytes = FileManager.default.contents(atPath: path) else { return nil }
        let parts = bytes.split(separator: 0x0A, maxSplits: 3, omittingEmptySubsequences: false)
        guard parts.count == 4, let number = Int(String(decoding: parts[0], as: UTF8.self)),
            let count = Int(String(decoding: parts[1], as: UTF8.self)),
            let input = Input(file: [UInt8](parts[3].prefix(count)))
        else { return nil }
        return Reading(
            number: number, label: String(decoding: parts[2], as: UTF8.self), input: input)
    }
}
