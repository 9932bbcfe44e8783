/// A large value that is kept on the heap and copied when it is changed, so that whatever holds it
/// stays small: a play is moved about and forked all the time.
@propertyWrapper
struct Heaped<Value> {
    private var place: [Value]

    init(wrappedValue: Value) { place = [wrappedValue] }

    var wrappedValue: Value {
        _read { yield place[0] }
        _modify { yield &place[0] }
    }
}
