import CStage
import Engine
import Simulation

/// A process that is connected with the stage: a tool, or who asks something of the stage itself.
final class Client {
    /// A message is no longer; what a client sends is a command line.
    private static let limit = 512 * 1024

    /// What it asks.
    enum Request {
        case tool(caller: Int32, [String])
        case control([String])
        /// It is not there any more, or does not speak as a client does.
        case lost
    }

    let socket: Int32
    /// The call that it waits for.
    var call: WorkID?
    var hold = Simulation.SimulatedHost.Hold.process
    /// The request of the kernel's on which it sleeps.
    var sleep: UInt64?

    init(socket: Int32) { self.socket = socket }

    deinit { close(socket) }

    /// Takes one message in; nil when there is none.
    func receive() -> Request? {
        var count = 0
        let bytes = [UInt8](unsafeUninitializedCapacity: Self.limit) { buffer, used in
            count = recv(socket, buffer.baseAddress, buffer.count, 0)
            used = max(0, count)
        }
        if count < 0 { return stage_error() == EAGAIN ? nil : .lost }
        guard count > 5, bytes.last == 0 else { return .lost }
        let caller = bytes.withUnsafeBytes { $0.loadUnaligned(fromByteOffset: 1, as: Int32.self) }
        let words = bytes[5...].dropLast().split(separator: 0, omittingEmptySubsequences: false)
            .map { String(decoding: $0, as: UTF8.self) }
        switch bytes[0] {
        case UInt8(ascii: "T"): return .tool(caller: caller, words)
        case UInt8(ascii: "C"): return .control(words)
        default: return .lost
        }
    }

    /// Sends it to sleep in the kernel, on this path.
    func putToSleep(on path: String) {
        send([UInt8(ascii: "S")] + [UInt8](repeating: 0, count: 8) + Array(path.utf8))
    }

    /// Ends it with this code and these outputs.
    func end(_ code: Int32, _ output: [UInt8] = [], error: [UInt8] = []) {
        var message = [UInt8(ascii: "R")]
        withUnsafeBytes(of: code) { message += $0 }
        withUnsafeBytes(of: UInt32(output.count)) { message += $0 }
        send(message + output + error)
    }

    /// Ends it as a tool ended.
    func end(_ output: Output) {
        switch output.status {
        case .exited(let code): end(code, output.standardOutput, error: output.standardError)
        case .signalled(let number): end(128 + number)
        case .notStarted(let why), .unavailable(let why): end(127, error: Array((why + "\n").utf8))
        }
    }

    private func send(_ message: [UInt8]) {
        _ = CStage.send(socket, message, message.count, Int32(MSG_NOSIGNAL))
    }
}
