import CSystem

/// A file descriptor that is closed when nobody has it any more.
final class Descriptor {
    let number: Int32

    /// Takes over `number`; nil when it is no descriptor.
    init?(_ number: Int32) {
        guard number >= 0 else { return nil }
        self.number = number
    }

    deinit { close(number) }

    /// A pipe whose reading never blocks, or nil when no descriptor is left.
    static func pipe() -> (read: Descriptor, write: Descriptor)? {
        var ends: [Int32] = [-1, -1]
        guard system_pipe(&ends) == 0,
            let read = Descriptor(ends[0]), let write = Descriptor(ends[1])
        else { return nil }
        return (read, write)
    }

    /// Reads once, up to the size of `buffer`; 0 at the end, nil on an error or where it would
    /// block.
    func read(_ buffer: UnsafeMutableRawBufferPointer) -> Int? {
        while true {
            let count = CSystem.read(number, buffer.baseAddress, buffer.count)
            if count >= 0 { return count }
            if system_error() != EINTR { return nil }
        }
    }
}

/// The words of the system for an error number, such as `Permission denied`.
func words(of error: Int32) -> String {
    guard let text = strerror(error) else { return "error \(error)" }
    return String(cString: text)
}
