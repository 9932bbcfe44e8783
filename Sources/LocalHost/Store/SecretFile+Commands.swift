import Engine

extension SecretFile {
    /// The words of a command with its secrets in their places, read at the moment of its start,
    /// and noted as what nobody is told.
    static func revealed(
        _ command: Command, _ argv: [String], noting mask: inout SecretMask
    ) throws(Toolbox.Fault) -> [String] {
        var words = argv
        for secret in command.secrets where words.indices.contains(secret.word) {
            switch read(secret.path) {
            case .success(let text):
                words[secret.word] = text
                mask.add(text)
            case .failure(let fault): throw Toolbox.Fault(why: "the secret in \(fault)")
            }
        }
        return words
    }
}
