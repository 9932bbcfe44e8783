extension RulingPage {
    /// How the page looks: light and dark as the reader's system is, black on white in print.
    static let style = """
        :root {
          color-scheme: light dark;
          --ground: #ffffff; --ink: #1d2329; --dim: #68727c; --rule: #d5dade;
          --bad: #b3261e; --good: #1c7c3c; --caution: #8a5a00; --soft: #f3f5f7; --bar: #9fb4c7;
        }
        @media (prefers-color-scheme: dark) {
          :root {
            --ground: #15191d; --ink: #e3e7ea; --dim: #97a1ab; --rule: #353d45;
            --bad: #ff8a80; --good: #7ddc9a; --caution: #f2c063; --soft: #1e242a; --bar: #4f6477;
          }
        }
        body {
          margin: 2rem auto; max-width: 68rem; padding: 0 1.2rem;
          background: var(--ground); color: var(--ink);
          font: 15px/1.5 system-ui, sans-serif;
        }
        h1 { font-size: 1.4rem; } h2 { font-size: 1.15rem; margin-top: 2.2rem; }
        h3 { font-size: 1rem; color: var(--bad); margin-bottom: .2rem; }
        code, .line, .time { font-family: ui-monospace, monospace; font-size: 12.5px; }
        code { background: var(--soft); padding: .1rem .3rem; overflow-wrap: anywhere; }
        .headline { font-size: 1.15rem; font-weight: 600; }
        .bad { color: var(--bad); } .good { color: var(--good); } .dim { color: var(--dim); }
        .remedy { color: var(--good); }
        table { border-collapse: collapse; width: 100%; }
        th, td { text-align: left; padding: .25rem .6rem; border-bottom: 1px solid var(--rule); }
        tbody th { font-weight: 600; white-space: nowrap; }
        .number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
        .bars { width: 10rem; display: block; }
        .outage { fill: var(--bar); } .recovery { fill: var(--ink); }
        .objective { stroke: var(--bad); stroke-width: 1.5; }
        dt { font-weight: 600; } dd ol { margin: .2rem 0 .8rem; }
        .timeline {
          display: grid; grid-template-columns: 5.5rem 1rem 1fr 1fr; column-gap: .5rem;
          margin: .8rem 0; padding: .6rem; background: var(--soft); border-radius: 6px;
        }
        .time { grid-column: 1; text-align: right; color: var(--dim); }
        .axis {
          grid-column: 2; position: relative; border-left: 2px solid var(--rule); left: .45rem;
        }
        .axis i {
          position: absolute; left: -5px; bottom: 6px; width: 8px; height: 8px; border-radius: 50%;
          background: var(--rule);
        }
        .axis.left { border-left-style: dotted; }
        .axis.mishap i, .axis.act i { background: var(--caution); }
        .axis.breach i { background: var(--bad); }
        .axis.run i { background: var(--ink); }
        .head { font-weight: 600; } .a { grid-column: 3; } .b { grid-column: 4; }
        .both, div.left { grid-column: 3 / span 2; } .axis.left { grid-column: 2; }
        div.left, .step, .hook, .word { color: var(--dim); }
        .line { overflow-wrap: anywhere; }
        .line.mishap, .line.act { color: var(--caution); font-weight: 600; }
        .line.breach { color: var(--bad); font-weight: 700; } .line.run { font-weight: 600; }
        @media print {
          :root {
            --ground: #fff; --ink: #000; --dim: #444; --rule: #999; --soft: #fff; --bad: #a00;
            --good: #060; --caution: #640; --bar: #bbb;
          }
          body { margin: 0; max-width: none; font-size: 11px; }
          section { break-inside: avoid-page; } .timeline { border: 1px solid var(--rule); }
        }

        """
}
