"""Puts switches into Swift sources: each turns one place into what it should not be.

Conditions are negated, `&&` is `||`, `min` is `max`, statements and cases are left out. Which switch
is on is chosen when the program starts, by FAILOVER_MUTANT.
"""

import re

SWITCH = """#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

enum Mutant {
    private static let chosen = getenv("FAILOVER_MUTANT").flatMap { Int(String(cString: $0)) } ?? 0
    static func flip(_ number: Int, _ value: Bool) -> Bool { chosen == number ? !value : value }
    static func keeps(_ number: Int) -> Bool { chosen != number }
    static func both(_ number: Int, _ a: Bool, _ b: @autoclosure () -> Bool) -> Bool {
        chosen == number ? a || b() : a && b()
    }
    static func either(_ number: Int, _ a: Bool, _ b: @autoclosure () -> Bool) -> Bool {
        chosen == number ? a && b() : a || b()
    }
    static func least<T: Comparable>(_ number: Int, _ a: T, _ b: T) -> T {
        chosen == number ? max(a, b) : min(a, b)
    }
    static func most<T: Comparable>(_ number: Int, _ a: T, _ b: T) -> T {
        chosen == number ? min(a, b) : max(a, b)
    }
}
"""


def pieces(text, separator):
    """Splits where no bracket is open."""
    found, depth, start = [], 0, 0
    for index, character in enumerate(text):
        depth += (character in "([{") - (character in ")]}")
        if depth == 0 and text.startswith(separator, index):
            found.append(text[start:index])
            start = index + len(separator)
    return found + [text[start:]]


def is_whole(text):
    return all(text.count(a) == text.count(b) for a, b in ("()", "[]", "{}")) and text.strip()


class Mutator:
    """Puts switches into sources, and keeps what each of them stands for."""

    def __init__(self, left_out):
        # By number: (key, line). A key outlives changes of other lines.
        self.points = {}
        self.left_out = left_out
        self.number = 0
        self.seen = {}

    def point(self, place, what):
        """A number for one change, or None where the compiler did not take it."""
        name, line = place
        self.number += 1
        key = f"{name}: {what}"
        self.seen[key] = self.seen.get(key, 0) + 1
        if self.seen[key] > 1:
            key += f" (#{self.seen[key]})"
        if key in self.left_out:
            return None
        self.points[self.number] = (key, line)
        return self.number

    def clause(self, text, place):
        bare = text.strip()
        is_pattern = re.match(r"(let|var|case|unowned|#)\b", bare) or not is_whole(bare)
        if is_pattern or "#" in bare or "= " in bare.replace("== ", "").replace("!= ", "") \
                .replace(">= ", "").replace("<= ", ""):
            return text
        for separator, name in ((" && ", "both"), (" || ", "either")):
            sides = pieces(bare, separator)
            other = " || " if separator == " && " else " && "
            if len(sides) == 2 and len(pieces(bare, other)) == 1 and " ? " not in bare:
                number = self.point(place, f"`{separator.strip()}` turned: {bare}")
                if number:
                    bare = f"Mutant.{name}({number}, {sides[0]}, {sides[1]})"
                    break
        number = self.point(place, f"negated: {text.strip()}")
        return text.replace(text.strip(), f"Mutant.flip({number}, {bare})" if number else bare)

    def clauses(self, text, place):
        return ",".join(self.clause(part, place) for part in pieces(text, ","))

    def more_conditions(self, line, place):
        """A line between `if` or `guard` and the bracket that the conditions end with."""
        match = re.match(r"^(\s*(?:&& |\|\| )?)(.+?)(,?)$", line)
        return match[1] + self.clauses(match[2], place) + match[3] if is_whole(match[2]) else line

    def case(self, line, place, may_drop, has_default):
        """A case that is never taken, where there is a default to take instead; its one line."""
        head, *rest = pieces(line, ":")
        match = re.match(r"^(.+) where (.+)$", head)
        if match and is_whole(match[2]):
            head = match[1] + " where " + self.clause(match[2], place)
        if has_default:
            number = self.point(place, f"never taken: {line.split(':')[0].strip()}")
            if number and " where " in head:
                head = head.replace(" where ", f" where Mutant.keeps({number}) && ")
            elif number:
                head += f" where Mutant.keeps({number})"
        body = ":".join(rest)
        return head + ":" + (self.statement(body, place) if may_drop and body.strip() else body)

    def statement(self, line, place):
        bare = line.strip()
        call = re.match(r"^[a-z][\w.]*(\[.+?\])?[\w.?]*\(.*\)$", bare)
        assignment = re.match(r"^[a-z][\w.]*(\[.+?\])?[\w.]* (=|\+=|-=) .+[^{(,]$", bare)
        words = bare.split("(")[0].split(" ")[0]
        banned = {"return", "self.init", "precondition", "preconditionFailure", "defer", "switch"}
        if (call or assignment) and is_whole(bare) and words not in banned \
                and not bare.startswith("self."):
            number = self.point(place, f"left out: {bare}")
            if number:
                return line.replace(bare, f"if Mutant.keeps({number}) {{ {bare} }}")
        return line

    def line(self, line, place, may_drop, has_default):
        match = re.match(r"^(\s*(?:\} else )?(?:if|guard|while) )(.+?)( else)?( \{.*)$", line)
        if match and is_whole(match[2]):
            return match[1] + self.clauses(match[2], place) + (match[3] or "") + match[4]
        match = re.match(r"^(\s*(?:\} else )?(?:if|guard|while) )(.+?)(,?)$", line)
        if match and is_whole(match[2]) and "{" not in match[2]:
            return match[1] + self.clauses(match[2], place) + match[3]
        if re.match(r"^\s*(case |default\b)", line) and len(pieces(line, ":")) > 1:
            return self.case(line, place, may_drop, has_default)
        match = re.match(r"^(.*[ (])(min|max)\(([^()]+), ([^()]+)\)(.*)$", line)
        if match:
            number = self.point(place, f"`{match[2]}` turned: {line.strip()}")
            name = {"min": "least", "max": "most"}[match[2]]
            if number:
                return f"{match[1]}Mutant.{name}({number}, {match[3]}, {match[4]}){match[5]}"
            return line
        return self.statement(line, place) if may_drop else line

    def file(self, name, text):
        out, in_init, depth, before, is_condition = [], None, 0, "", False
        lines = text.split("\n")
        for index, line in enumerate(lines):
            bare = line.strip()
            if re.match(r"^(public |package )?init\b", bare) and in_init is None:
                in_init = depth
            # What continues a statement is none by itself.
            begins = before == "" or before.endswith(("{", "}", ":", ")")) \
                or not before.endswith((",", "(", "=", "?", "&&", "||"))
            continues = bare.startswith(("?", ":", ".", "&&", "||", "+")) or not begins
            depth += line.count("{") - line.count("}")
            is_code = bare and not bare.startswith(("//", "@", "import", "public import"))
            place = name, index + 1
            is_condition = is_condition and not bare.startswith(("else", "{")) and "{" not in bare
            if is_condition:
                line = self.more_conditions(line, place)
            elif is_code and not continues:
                line = self.line(line, place, in_init is None, has_default(lines, index))
            is_condition = is_condition or bool(
                re.match(r"^(\} else )?(if|guard|while) [^{]*$", bare))
            out.append(line)
            if in_init is not None and depth <= in_init and "}" in bare:
                in_init = None
            if bare and not bare.startswith("//"):
                before = bare
        return "\n".join(out)


def has_default(lines, index):
    """Whether a `default` follows the case of this line in the same switch."""
    indent = len(lines[index]) - len(lines[index].lstrip())
    if not lines[index].lstrip().startswith("case "):
        return False
    for line in lines[index + 1:]:
        own = len(line) - len(line.lstrip())
        if not line.strip() or own > indent:
            continue
        if own < indent or not line.lstrip().startswith(("case ", "default", "//")):
            return False
        if line.lstrip().startswith("default"):
            return True
    return False
