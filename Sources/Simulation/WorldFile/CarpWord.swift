/// The states of CARP in a world file's words.
enum CarpWord: String, CaseIterable {
    case `init`, backup, master

    var state: VirtualHost.State {
        switch self {
        case .`init`: .initial
        case .backup: .backup
        case .master: .master
        }
    }
}
