import CSystem
import Engine

/// One line for the system's log, before it has its form.
struct SyslogRecord {
    /// Facility and severity in one.
    let priority: Int32
    let tag: String
    let text: String
    /// So many bytes are sent.
    let limit: Int

    /// When and where a line is sent from.
    struct Place {
        let microseconds: Int
        /// This time zone's clock then, and how far it is ahead in seconds.
        let local: tm
        let offset: Int
        let host: String
        let pid: Int32

        static var now: Place {
            var time = timespec()
            clock_gettime(CLOCK_REALTIME, &time)
            var local = tm()
            localtime_r(&time.tv_sec, &local)
            var name = [CChar](repeating: 0, count: 256)
            gethostname(&name, name.count - 1)
            let host = name.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
            return Place(
                microseconds: Int(time.tv_nsec) / 1000,
                local: local,
                offset: Int(local.tm_gmtoff),
                host: String(decoding: host, as: UTF8.self),
                pid: getpid()
            )
        }
    }

    /// The line as it is sent; no control character of the text reaches a terminal.
    func bytes(as form: SyslogForm, _ place: Place) -> [UInt8] {
        let line =
            switch form {
            case .traditional: "<\(priority)>\(date(place)) \(tag): \(text)"
            case .structured:
                "<\(priority)>1 \(timestamp(place)) \(word(place.host)) \(word(tag)) \(place.pid) "
                    + "- - \(text)"
            }
        var bytes = Array(printable(line).utf8)
        guard bytes.count > limit else { return bytes }
        bytes.removeLast(bytes.count - limit)
        // Not in the middle of a character: continuation bytes, then its first byte.
        while let last = bytes.last, last & 0xc0 == 0x80 { bytes.removeLast() }
        if let last = bytes.last, last >= 0xc0 { bytes.removeLast() }
        return bytes
    }

    /// `Nov  2 08:32:30`.
    private func date(_ place: Place) -> String {
        let local = place.local
        let day = local.tm_mday < 10 ? " \(local.tm_mday)" : "\(local.tm_mday)"
        return "\(Self.months[Int(local.tm_mon)]) \(day) \(clock(local))"
    }

    /// `2026-11-22T08:32:30.106385+00:00`.
    private func timestamp(_ place: Place) -> String {
        let local = place.local
        let day = [Int(local.tm_year) + 1900, Int(local.tm_mon) + 1, Int(local.tm_mday)]
            .map { padded($0) }.joined(separator: "-")
        let minutes = abs(place.offset) / 60
        let zone = "\(padded(minutes / 60)):\(padded(minutes % 60))"
        let sign = place.offset < 0 ? "-" : "+"
        let fraction = padded(place.microseconds, 6)
        return "\(day)T\(clock(local)).\(fraction)\(sign)\(zone)"
    }

    private func clock(_ local: tm) -> String {
        [local.tm_hour, local.tm_min, local.tm_sec].map { padded(Int($0)) }.joined(separator: ":")
    }

    private func padded(_ number: Int, _ digits: Int = 2) -> String {
        let text = String(number)
        return String(repeating: "0", count: max(0, digits - text.count)) + text
    }

    /// A field of the structured form has no blank in it, nothing but ASCII, and is not empty.
    private func word(_ text: String) -> String {
        let plain = text.unicodeScalars.filter { (0x21...0x7E).contains($0.value) }
        return plain.isEmpty ? "-" : String(String.UnicodeScalarView(plain))
    }

    private static let months = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]
}
