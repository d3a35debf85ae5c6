using System.Text;
using Tidemark.Documents;

namespace Tidemark.Formats;

/// <summary>Goes through a document in LaTeX and writes what it shows.</summary>
internal sealed class TexText
{
    private const string Body = "\\begin{document}";
    private const char CellMark = '\u0001';
    private const char RowMark = '\u0002';

    private const int DeepestTitle = 3;

    private readonly int _depth;
    private readonly string _source;
    private readonly TexReader _in;
    private readonly StringBuilder _out = new();
    private readonly LineWriter _writer = new();
    private readonly Stack<int> _tables = new();
    private readonly Stack<bool> _lists = new();
    private readonly Stack<string> _groups = new();

    /// <param name="depth">In how many titles of others it stands.</param>
    public TexText(string text, int depth = 0)
    {
        _depth = depth;
        _source = TexComments.Remove(text);
        _in = new TexReader(_source);
    }

    public ExtractedText Read()
    {
        foreach (var name in (string[])["title", "author", "date"])
        {
            if (_source.IndexOf($"\\{name}{{", StringComparison.Ordinal) is >= 0 and var at)
            {
                _in.At = at + name.Length + 1;
                _writer.Say(name, Plain(_in.Group()));
            }
        }

        _in.At = _source.IndexOf(Body, StringComparison.Ordinal) is >= 0 and var begin ? begin + Body.Length : 0;
        while (!_in.IsAtEnd && !_in.Skip("\\end{document}"))
        {
            Step();
        }

        Flush();
        return _writer.ToText();
    }

    private void Step()
    {
        var c = _in.Next();
        switch (c)
        {
            case '\\':
                Command(_in.Name());
                break;
            case '{':
                _groups.Push("");
                break;
            case '}':
                _out.Append(_groups.TryPop(out var close) ? close : "");
                break;
            case '~':
                _out.Append(' ');
                break;
            case '$':
                Math(_in.Skip("$") ? "$$" : "$");
                break;
            case '&' when _tables.Count > 0:
                _out.Append(CellMark);
                break;
            case '-' when _in.Skip("--"):
                _out.Append('—');
                break;
            case '-' when _in.Skip("-"):
                _out.Append('–');
                break;
            case '`' when _in.Skip("`"):
                _out.Append('“');
                break;
            case '\'' when _in.Skip("'"):
                _out.Append('”');
                break;
            default:
                _out.Append(c);
                break;
        }
    }

    private void Math(string mark)
    {
        var formula = _in.Until(mark);
        _out.Append(formula is null ? mark : $"{mark}{formula}{mark}");
    }

    private void Command(string name)
    {
        if (TexCommands.LevelOf(name) is > 0 and var level)
        {
            _in.Option();
            Flush();
            _writer.Heading(level, Plain(_in.Group()));
            return;
        }

        switch (name)
        {
            case "\\" or "tabularnewline" or "cr":
                _in.Option();
                _out.Append(_tables.Count > 0 ? RowMark : '\n');
                break;
            case "begin":
                Begin(_in.Group());
                break;
            case "end":
                End(_in.Group());
                break;
            case "item":
                Item(Plain(_in.Option()));
                break;
            case "[":
                _out.Append($"\n\n$${_in.Until("\\]")?.Trim()}$$\n\n");
                break;
            case "(":
                _out.Append($"${_in.Until("\\)")}$");
                break;
            case "verb" or "lstinline" when !_in.IsAtEnd:
                Verbatim(name);
                break;
            case "url" or "path" or "nolinkurl":
                _out.Append(_in.Group());
                break;
            case "footnote" or "caption":
                _in.Option();
                _in.SkipBlanks();
                _groups.Push(_in.Skip("{") ? name == "footnote" ? ")" : "\n\n" : "");
                _out.Append(name == "footnote" ? " (" : "\n\n");
                break;
            default:
                Other(name);
                break;
        }
    }

    /// <summary>Between two of the same sign; <c>lstinline</c> takes a group as well.</summary>
    private void Verbatim(string name)
    {
        _ = name == "lstinline" ? _in.Option() : "";
        var mark = _in.IsAtEnd ? '\0' : _in.Next();
        var said = mark == '\0' ? null : _in.Until(name == "lstinline" && mark == '{' ? "}" : mark.ToString());
        _out.Append(said is null ? $"{mark}".Trim('\0') : $"`{said}`");
    }

    private void Other(string name)
    {
        if (TexCommands.TextOf(name) is { } text)
        {
            _out.Append(text);
            if (char.IsAsciiLetter(name[0]) && !char.IsWhiteSpace(text[0]))
            {
                _in.SkipBlanks();
            }

            return;
        }

        if (TexCommands.IsAccent(name) && (name.Length == 1 && !char.IsAsciiLetter(name[0]) || _in.Peek() is '{' or ' '))
        {
            var letter = _in.Peek() == '{' ? _in.Group() : _in.IsAtEnd ? "" : _in.Next() is var next && next == '\\' ? "\\" + _in.Name() : next.ToString();
            _out.Append(TexCommands.Accented(name, letter));
            return;
        }

        _in.Option();
        for (var i = TexCommands.DroppedGroups(name) + TexCommands.LeadingGroups(name); i > 0; i--)
        {
            _in.Option();
            _in.Group();
        }
    }

    private void Begin(string name)
    {
        var block = TexBlocks.KindOf(name);
        switch (block)
        {
            case TexBlock.Verbatim:
                var language = TexBlocks.LanguageOf(name, _in);
                Flush();
                _writer.Open(language);
                foreach (var line in (_in.Until($"\\end{{{name}}}") ?? "").Trim('\n').AsSpan().EnumerateLines())
                {
                    _writer.Line(line);
                }

                _writer.Close();
                break;
            case TexBlock.Formula:
                _out.Append($"\n\n$$\n{_in.Until($"\\end{{{name}}}")?.Trim()}\n$$\n\n");
                break;
            case TexBlock.Dropped:
                _in.Until($"\\end{{{name}}}");
                break;
            case TexBlock.List:
                _in.Option();
                Flush();
                _lists.Push(name == "enumerate");
                break;
            case TexBlock.Table:
                TexBlocks.SkipColumns(name, _in);
                _tables.Push(_out.Length);
                break;
            default:
                _in.Option();
                _out.Append("\n\n");
                break;
        }
    }

    private void End(string name)
    {
        switch (TexBlocks.KindOf(name))
        {
            case TexBlock.List:
                Flush();
                _lists.TryPop(out _);
                break;
            case TexBlock.Table when _tables.TryPop(out var start):
                var rows = _out.ToString(start, _out.Length - start);
                _out.Length = start;
                _out.Append("\n\n").Append(TexBlocks.Rows(rows, CellMark, RowMark)).Append("\n\n");
                break;
            default:
                _out.Append("\n\n");
                break;
        }
    }

    private void Item(string term)
    {
        while (_out.Length > 0 && char.IsWhiteSpace(_out[^1]))
        {
            _out.Length--;
        }

        Flush();
        var indent = new string(' ', 2 * System.Math.Max(0, System.Math.Min(_lists.Count, 8) - 1));
        _out.Append($"{indent}{(_lists.TryPeek(out var counts) && counts ? "1." : "-")} {(term.Length > 0 ? term + ": " : "")}");
        _in.SkipBlanks();
    }

    private string Plain(string tex) => tex.Length == 0 || _depth > DeepestTitle
        ? ""
        : string.Join(' ', new TexText(tex, _depth + 1).Read().Text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private void Flush()
    {
        if (_tables.Count > 0)
        {
            return;
        }

        foreach (var line in _out.ToString().AsSpan().EnumerateLines())
        {
            var indent = line.Length - line.TrimStart().Length;
            _writer.Line(line.TrimStart() is ['-' or '1', ..] ? line : line[indent..]);
        }

        _out.Clear();
    }
}
