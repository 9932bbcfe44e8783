/// The JSON form of a command: an object with a key for its kind; what is long is cut.
struct CommandForm: Codable {
    let command: Command

    init(_ command: Command) { self.command = command }

    func encode(to encoder: any Encoder) throws {
        var object = encoder.container(keyedBy: RecordKey.self)
        switch command.action {
        case .tool(let argv): try object.encode(Command.recorded(argv), forKey: .tool)
        case .log(let text): try object.encode(Command.recorded([text])[0], forKey: .log)
        case .ask(let question, let unattended):
            try object.encode(Command.recorded([question])[0], forKey: .ask)
            try object.encode(unattended.rawValue, forKey: .unattended)
        case .fenceSelf: try object.encode(true, forKey: .fenceSelf)
        }
    }

    init(from decoder: any Decoder) throws {
        let object = try decoder.container(keyedBy: RecordKey.self)
        if let argv = try object.decodeIfPresent([String].self, forKey: .tool) {
            command = Command(.tool(argv))
        } else if let text = try object.decodeIfPresent(String.self, forKey: .log) {
            command = Command(.log(text))
        } else if let question = try object.decodeIfPresent(String.self, forKey: .ask) {
            let word = try object.decode(String.self, forKey: .unattended)
            guard let unattended = Command.Unattended(rawValue: word) else {
                throw DecodingError.dataCorruptedError(
                    forKey: .unattended, in: object, debugDescription: "no such word: \(word)")
            }
            command = Command(.ask(question, unattended: unattended))
        } else if try object.decodeIfPresent(Bool.self, forKey: .fenceSelf) == true {
            command = Command(.fenceSelf)
        } else {
            throw DecodingError.dataCorrupted(
                .init(codingPath: decoder.codingPath, debugDescription: "no kind of command"))
        }
    }
}
