@testable import Engine

/// A small deterministic generator (SplitMix64).
struct Dice: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 &+ 1 }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    mutating func roll(_ sides: Int) -> Int { Int(next() % UInt64(sides)) }

    /// Whether one of so many chances came true.
    mutating func isOne(in sides: Int) -> Bool { roll(sides) == 0 }

    /// A time of up to so many milliseconds.
    mutating func time(upTo milliseconds: Int) -> Duration { .milliseconds(roll(milliseconds)) }
}
