import Planting
import Simulation

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// Plays stories of a folder of plans and prints each way in which they end badly on a line:
///
///     DefectRunner plans/ scenario:switchover mishap:hangs mishap:late depth:2
///
/// `scripts/defects` holds what it prints of damaged sources against what it prints of sound ones.
@main
enum DefectRunner {
    static func main() {
        let arguments = CommandLine.arguments.dropFirst()
        guard let folder = arguments.first, let subject = Subject(folder: folder) else {
            print("DefectRunner: name a folder with plans that load")
            exit(65)
        }
        do throws(Words.Fault) {
            let (finds, tried) = subject.play(try Words(Array(arguments.dropFirst())))
            for find in finds { print(find.line) }
            print("tried\t\(tried)")
        } catch {
            print("DefectRunner: `\(error.word)` is not known")
            exit(64)
        }
    }
}
