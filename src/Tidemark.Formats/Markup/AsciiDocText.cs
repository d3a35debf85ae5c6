using System.Globalization;
using Tidemark.Documents;

namespace Tidemark.Formats;

/// <summary>Goes through the lines of a document in AsciiDoc (docs.asciidoctor.org/asciidoc).</summary>
internal sealed class AsciiDocText
{
    private readonly LineWriter _writer = new();
    private readonly AsciiDocTable _table = new();
    private string _until = "";
    private bool _dropped;
    private string _language = "";
    private int _columns;
    private HeaderLine _header;

    public static ExtractedText Read(string text)
    {
        var read = new AsciiDocText();
        foreach (var line in text.AsSpan().EnumerateLines())
        {
            read.Add(line.TrimEnd());
        }

        read._table.Write(read._writer);
        return read._writer.ToText();
    }

    private void Add(ReadOnlySpan<char> line)
    {
        if (_until.Length > 0)
        {
            GoOn(line);
        }
        else if (IsOfHeader(line))
        {
            // Who wrote it and when stand directly below the title.
        }
        else if (HeadingOf(line) is > 0 and var level)
        {
            var title = AsciiDocInline.TextOf(line[(level + 1)..].Trim());
            if (level == 1 && !_writer.Says("title"))
            {
                _writer.Say("title", title);
                _header = HeaderLine.Author;
            }

            _writer.Heading(level, title);
        }
        else if (!Opens(line) && !line.StartsWith("//") && !IsAttribute(line))
        {
            Text(line);
        }
    }

    private void Text(ReadOnlySpan<char> line)
    {
        if (line is ['[', .., ']'])
        {
            Attributes(line[1..^1]);
            return;
        }

        // A block's title, a mark that goes on with an item, and rules.
        if (line is ['.', not ('.' or ' '), ..])
        {
            _writer.Blank();
            line = line[1..];
        }
        else if (line is "+" or "'''" or "<<<")
        {
            line = [];
        }

        (_language, _columns) = line.IsEmpty ? (_language, _columns) : ("", 0);
        var stars = line.IndexOfAnyExcept(line is ['*', ..] ? '*' : '.');
        if (line is ['*' or '.', ..] && stars > 0 && line[stars] == ' ')
        {
            line = $"{new string(' ', 2 * Math.Min(stars - 1, 8))}{(line[0] == '*' ? "-" : "1.")}{line[stars..]}";
        }

        _writer.Line(AsciiDocInline.TextOf(line));
    }

    private void GoOn(ReadOnlySpan<char> line)
    {
        if (line.SequenceEqual(_until))
        {
            if (_until.StartsWith('|'))
            {
                _table.Write(_writer);
            }

            _until = "";
            _writer.Close();
        }
        else if (_until.StartsWith('|'))
        {
            _table.Add(line);
        }
        else if (!_dropped)
        {
            _writer.Line(line);
        }
    }

    /// <summary>Blocks that are delimited by a line before and behind them.</summary>
    private bool Opens(ReadOnlySpan<char> line)
    {
        if (line is "|===" or "!===" or ",===" or ":===")
        {
            _table.Begin(_columns);
        }
        else if (line.StartsWith("```"))
        {
            _writer.Open(line.Length > 3 ? line[3..].Trim() : _language);
            line = "```";
        }
        else if (IsRun(line, "-.+/"))
        {
            if (line[0] != '/')
            {
                _writer.Open(_language);
            }
        }
        else
        {
            // Examples, sidebars, quotes and open blocks hold text as it is anywhere.
            return IsRun(line, "=*_") || line is "--";
        }

        (_until, _dropped, _language, _columns) = (line.StartsWith("!") ? "!===" : line.ToString(), line is ['/', ..], "", 0);
        return true;
    }

    private static bool IsRun(ReadOnlySpan<char> line, string marks) =>
        line.Length >= 4 && marks.Contains(line[0], StringComparison.Ordinal) && line.IndexOfAnyExcept(line[0]) < 0;

    private void Attributes(ReadOnlySpan<char> list)
    {
        var text = list.ToString();
        var parts = text.Split(',', StringSplitOptions.TrimEntries);
        if (parts[0] is "source" or "listing" or "")
        {
            _language = parts.Length > 1 && parts[1].All(c => char.IsLetterOrDigit(c) || c is '+' or '#' or '-') ? parts[1] : "";
        }

        var columns = text.IndexOf("cols=", StringComparison.Ordinal);
        if (columns >= 0)
        {
            _columns = AsciiDocTable.ColumnsOf(text[(columns + "cols=".Length)..]);
        }
    }

    private bool IsAttribute(ReadOnlySpan<char> line)
    {
        var end = line is [':', _, ..] ? line[1..].IndexOf(':') : -1;
        if (end <= 0 || line[1..(end + 1)].IndexOfAny(' ', '\t') >= 0 || (line.Length > end + 2 && line[end + 2] != ' '))
        {
            return false;
        }

        var name = line[1..(end + 1)];
        if (name is "description" or "keywords" or "author" or "revdate" or "lang" or "title")
        {
            _writer.Say(name.ToString(), line[(end + 2)..]);
        }

        return true;
    }

    private bool IsOfHeader(ReadOnlySpan<char> line)
    {
        var expected = _header;
        if (expected == HeaderLine.None || line.Length > 500 || line.StartsWith("//") || line is [':', ..])
        {
            return false;
        }

        _header = HeaderLine.None;
        var persons = line.ToString().Split(';');
        if (expected == HeaderLine.Author && Array.TrueForAll(persons, IsPerson))
        {
            _header = HeaderLine.Revision;
            _writer.Say("author", string.Join(", ", persons.Select(one => one.Split('<')[0].Trim().Replace('_', ' '))));
            return true;
        }

        if (expected == HeaderLine.Revision && DateOf(line.ToString()) is { } date)
        {
            _writer.Say("revdate", date);
            return true;
        }

        return false;
    }

    /// <summary>One to three names and an address, or several such (https://docs.asciidoctor.org/asciidoc/latest/document/author-line/).</summary>
    private static bool IsPerson(string text)
    {
        var person = text.Trim();
        var address = person.IndexOf('<', StringComparison.Ordinal);
        if (address >= 0 && person[^1] != '>')
        {
            return false;
        }

        var names = (address < 0 ? person : person[..address]).Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return names.Length is >= 1 and <= 3 && char.IsLetter(names[0][0])
            && Array.TrueForAll(names, name => name.All(letter => char.IsLetterOrDigit(letter) || letter is '_' or '\'' or '.' or '-'));
    }

    /// <summary><c>v1.2, 2024-03-01: what is new</c>, of which only the date need be there.</summary>
    private static string? DateOf(string revision)
    {
        var parts = revision.Split(':')[0].Split(',');
        var date = parts[^1].Trim();
        return parts.Length <= 2 && DateOnly.TryParseExact(date, "yyyy-M-d", CultureInfo.InvariantCulture, DateTimeStyles.None, out _) ? date : null;
    }

    private enum HeaderLine
    {
        None,
        Author,
        Revision,
    }

    private static int HeadingOf(ReadOnlySpan<char> line)
    {
        var mark = line is ['=', ..] ? '=' : '#';
        var depth = line.IndexOfAnyExcept(mark);
        return depth is > 0 and <= 6 && line[0] == mark && line[depth] == ' ' && line[depth..].Trim().Length > 0 ? depth : 0;
    }
}
