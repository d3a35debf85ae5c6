using System.Text;
using Tidemark.Documents;

namespace Tidemark.Formats;

/// <summary>Goes through the lines of a document in Org's syntax (orgmode.org/worg/org-syntax.html).</summary>
internal sealed class OrgText
{
    private readonly LineWriter _writer = new();
    private readonly OrgBlocks _blocks;
    private string _until = "";
    private bool _dropped;
    private bool _open;
    private bool _inTable;

    private int _line = -1;

    private OrgText(OrgBlocks blocks) => _blocks = blocks;

    public static ExtractedText Read(string text)
    {
        var read = new OrgText(OrgBlocks.Of(text));
        foreach (var line in text.AsSpan().EnumerateLines())
        {
            read.Add(line);
        }

        return read._writer.ToText();
    }

    private void Add(ReadOnlySpan<char> line)
    {
        var content = line.Trim();
        _line++;
        if (_open && OrgBlocks.StarsOf(line) > 0)
        {
            (_until, _open) = ("", false);
            _writer.Close();
        }

        if (_until.Length > 0)
        {
            GoOn(line, content);
            return;
        }

        var isRow = content is ['|', ..];
        if (isRow)
        {
            Row(content);
        }
        else if (OrgBlocks.StarsOf(line) is > 0 and var stars)
        {
            _writer.Heading(stars, Inline(WithoutTags(line[stars..].Trim())));
        }
        else if (content.StartsWith("#+"))
        {
            Keyword(content);
        }
        else if (content is ['#'] || content.StartsWith("# "))
        {
            // A comment.
        }
        else if (OrgBlocks.IsDrawer(content) && _blocks.Ends(_line))
        {
            (_until, _dropped) = (":END:", true);
        }
        else if (content is [':'] || content.StartsWith(": "))
        {
            _writer.Line($"    {content[1..].TrimStart()}");
        }
        else
        {
            _writer.Line(Inline(line));
        }

        _inTable = isRow;
    }

    private void GoOn(ReadOnlySpan<char> line, ReadOnlySpan<char> content)
    {
        if (content.Equals(_until, StringComparison.OrdinalIgnoreCase))
        {
            (_until, _open) = ("", false);
            _writer.Close();
        }
        else if (!_dropped)
        {
            // Lines of code that Org would take for its own have a comma before them.
            _writer.Line(content is [',', '*' or '#' or ',', ..] ? content[1..] : line);
        }
    }

    private void Keyword(ReadOnlySpan<char> content)
    {
        var end = content.IndexOfAny(' ', ':');
        var name = (end < 0 ? content[2..] : content[2..end]).ToString().ToUpperInvariant();
        var value = end < 0 ? [] : content[(end + 1)..].Trim();
        switch (name)
        {
            case "TITLE" or "AUTHOR" or "DATE" or "LANGUAGE" or "DESCRIPTION" or "KEYWORDS" or "SUBTITLE" or "FILETAGS":
                _writer.Say(name.ToLowerInvariant(), value);
                break;
            case "CAPTION":
                _writer.Line(Inline(value));
                break;
            case "BEGIN_SRC" or "BEGIN_EXAMPLE" or "BEGIN_EXPORT":
                var blank = value.IndexOf(' ');
                _writer.Open(name == "BEGIN_SRC" ? blank < 0 ? value : value[..blank] : "");
                (_until, _dropped, _open) = ("#+END" + name["BEGIN".Length..], false, !_blocks.Ends(_line));
                break;
            case "BEGIN_COMMENT" when _blocks.Ends(_line):
                (_until, _dropped) = ("#+END_COMMENT", true);
                break;
        }
    }

    private void Row(ReadOnlySpan<char> row)
    {
        if (row.StartsWith("|-"))
        {
            if (_inTable)
            {
                _writer.Line($"|{string.Concat(Enumerable.Repeat(" --- |", Math.Max(1, row.Count('+') + 1)))}");
            }

            return;
        }

        var cells = row.Trim('|').ToString().Split('|').Select(cell => Inline(cell.Trim()));
        _writer.Line($"| {string.Join(" | ", cells)} |");
    }

    /// <summary><c>Heading  :tag:other:</c>.</summary>
    private static ReadOnlySpan<char> WithoutTags(ReadOnlySpan<char> title)
    {
        var blank = title.LastIndexOfAny(' ', '\t');
        return blank > 0 && title[(blank + 1)..] is [':', _, .., ':'] ? title[..blank].TrimEnd() : title;
    }

    /// <summary>Links are what they say; where they say nothing, where they lead.</summary>
    private static string Inline(ReadOnlySpan<char> line)
    {
        if (line.IndexOf("[[") < 0)
        {
            return line.ToString();
        }

        var text = new StringBuilder(line.Length);
        while (line.IndexOf("[[") is >= 0 and var start && line[start..].IndexOf("]]") is >= 0 and var length)
        {
            var link = line.Slice(start + 2, length - 2);
            var middle = link.IndexOf("][");
            text.Append(line[..start]).Append(middle < 0 ? link : link[(middle + 2)..]);
            line = line[(start + length + 2)..];
        }

        return text.Append(line).ToString();
    }
}
