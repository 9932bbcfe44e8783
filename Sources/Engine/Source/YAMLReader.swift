private import CLibYAML

/// One event of libyaml: the begin or end of something, or a scalar.
struct YAMLEvent {
    /// A place: line and column from 0, the column in Unicode scalars.
    struct Mark {
        let line: Int
        let column: Int
    }

    /// The kinds of event that a document is made of.
    enum Kind {
        case streamStart, streamEnd, documentStart, documentEnd
        case alias(String)
        /// `plain` when it is not quoted and no block scalar.
        case scalar(String, plain: Bool)
        case listStart, listEnd, mapStart, mapEnd
    }

    let kind: Kind
    let anchor: String?
    let tag: String?
    let start: Mark
    let end: Mark
}

/// Why libyaml cannot go on.
struct YAMLSyntaxFault: Error {
    /// What libyaml calls it.
    let problem: String
    /// Where it noticed.
    let mark: YAMLEvent.Mark
    /// Where what it was reading began, if it was reading something.
    let contextMark: YAMLEvent.Mark?
    /// For bytes that are no text: how many bytes stand before the bad one.
    let byteOffset: Int?
}

/// The events of one text, by libyaml's parser; the only file that knows libyaml.
///
/// libyaml is used for its events alone: it neither resolves types nor aliases (`yaml.h`).
struct YAMLReader: ~Copyable {
    private let parser: UnsafeMutablePointer<yaml_parser_t>
    private let bytes: UnsafeMutableBufferPointer<UInt8>
    private let bomLength: Int

    init(_ text: [UInt8]) {
        parser = .allocate(capacity: 1)
        bytes = .allocate(capacity: text.count)
        _ = bytes.initialize(from: text)
        let created = yaml_parser_initialize(parser)
        precondition(created == 1, "libyaml gets the memory for a parser")
        // libyaml would take a UTF-16 mark as leave to read UTF-16; a plan is UTF-8 or nothing.
        bomLength = text.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
        yaml_parser_set_encoding(parser, YAML_UTF8_ENCODING)
        let start = bytes.baseAddress.map { UnsafePointer($0) + bomLength }
        yaml_parser_set_input_string(parser, start, bytes.count - bomLength)
    }

    deinit {
        yaml_parser_delete(parser)
        parser.deallocate()
        bytes.deallocate()
    }

    /// The next event; not to be asked again after the stream's end or a fault.
    mutating func next() throws(YAMLSyntaxFault) -> YAMLEvent {
        var event = yaml_event_t()
        guard yaml_parser_parse(parser, &event) == 1 else { throw fault() }
        defer { yaml_event_delete(&event) }
        return translated(event)
    }

    private func translated(_ event: yaml_event_t) -> YAMLEvent {
        var anchor: String?
        var tag: String?
        let kind: YAMLEvent.Kind
        switch event.type {
        case YAML_STREAM_START_EVENT: kind = .streamStart
        case YAML_DOCUMENT_START_EVENT: kind = .documentStart
        case YAML_DOCUMENT_END_EVENT: kind = .documentEnd
        case YAML_ALIAS_EVENT:
            kind = .alias(text(event.data.alias.anchor) ?? "")
        case YAML_SCALAR_EVENT:
            let scalar = event.data.scalar
            anchor = text(scalar.anchor)
            tag = text(scalar.tag)
            let bytes = UnsafeBufferPointer(start: scalar.value, count: scalar.length)
            kind = .scalar(
                String(decoding: bytes, as: UTF8.self),
                plain: scalar.style == YAML_PLAIN_SCALAR_STYLE
            )
        case YAML_SEQUENCE_START_EVENT:
            anchor = text(event.data.sequence_start.anchor)
            tag = text(event.data.sequence_start.tag)
            kind = .listStart
        case YAML_SEQUENCE_END_EVENT: kind = .listEnd
        case YAML_MAPPING_START_EVENT:
            anchor = text(event.data.mapping_start.anchor)
            tag = text(event.data.mapping_start.tag)
            kind = .mapStart
        case YAML_MAPPING_END_EVENT: kind = .mapEnd
        default: kind = .streamEnd
        }
        return YAMLEvent(
            kind: kind,
            anchor: anchor,
            tag: tag,
            start: mark(event.start_mark),
            end: mark(event.end_mark)
        )
    }

    private func fault() -> YAMLSyntaxFault {
        let isReaderFault = parser.pointee.error == YAML_READER_ERROR
        return YAMLSyntaxFault(
            problem: parser.pointee.problem.map { String(cString: $0) } ?? "out of memory",
            mark: mark(parser.pointee.problem_mark),
            contextMark: parser.pointee.context == nil ? nil : mark(parser.pointee.context_mark),
            byteOffset: isReaderFault ? parser.pointee.problem_offset + bomLength : nil
        )
    }

    private func mark(_ mark: yaml_mark_t) -> YAMLEvent.Mark {
        YAMLEvent.Mark(line: Int(mark.line), column: Int(mark.column))
    }

    private func text(_ name: UnsafeMutablePointer<yaml_char_t>?) -> String? {
        name.map { String(cString: $0) }
    }
}
