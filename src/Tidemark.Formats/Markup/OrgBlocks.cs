namespace Tidemark.Formats;

/// <summary>Which drawers and blocks of a document in Org's syntax have an end. What has none is text, so that nothing behind it is lost.</summary>
internal sealed class OrgBlocks
{
    private const string Comment = "COMMENT";

    private readonly HashSet<int> _ended = [];

    /// <summary>Of what ends with a heading at the latest: that its end was met below.</summary>
    private bool _drawerEnds;
    private bool _commentEnds;

    private OrgBlocks()
    {
    }

    public static OrgBlocks Of(string text)
    {
        var lines = new List<Range>();
        foreach (var line in text.AsSpan().EnumerateLines())
        {
            lines.Add(RangeOf(text, line));
        }

        var blocks = new OrgBlocks();
        var ends = new Dictionary<string, bool>(StringComparer.OrdinalIgnoreCase);
        for (var i = lines.Count - 1; i >= 0; i--)
        {
            blocks.Look(i, text.AsSpan(lines[i]), ends);
        }

        return blocks;
    }

    /// <param name="line">That it begins with, from 0.</param>
    public bool Ends(int line) => _ended.Contains(line);

    /// <summary><c>:NAME:</c>, but not the end of one.</summary>
    public static bool IsDrawer(ReadOnlySpan<char> content) =>
        content is [':', _, .., ':'] && content[1..^1].IndexOfAny(' ', ':') < 0 && !IsDrawersEnd(content);

    /// <returns>0: it is no heading.</returns>
    public static int StarsOf(ReadOnlySpan<char> line)
    {
        var stars = line.IndexOfAnyExcept('*');
        return stars > 0 && line[stars] == ' ' ? stars : 0;
    }

    /// <summary>From the last line to the first: what ends, ends below.</summary>
    private void Look(int index, ReadOnlySpan<char> line, Dictionary<string, bool> ends)
    {
        var content = line.Trim();
        if (StarsOf(line) > 0)
        {
            (_drawerEnds, _commentEnds) = (false, false);
        }
        else if (IsDrawersEnd(content))
        {
            _drawerEnds = true;
        }
        else if (IsDrawer(content))
        {
            Note(index, _drawerEnds);
            _drawerEnds = false;
        }
        else if (NameOf(content, "#+END_") is { } end)
        {
            ends[end] = true;
            _commentEnds |= end == Comment;
        }
        else if (NameOf(content, "#+BEGIN_") is { } begun)
        {
            Note(index, begun == Comment ? _commentEnds : ends.GetValueOrDefault(begun));
            ends[begun] = false;
            _commentEnds &= begun != Comment;
        }
    }

    private void Note(int index, bool ends)
    {
        if (ends)
        {
            _ended.Add(index);
        }
    }

    private static bool IsDrawersEnd(ReadOnlySpan<char> content) => content.Equals(":END:", StringComparison.OrdinalIgnoreCase);

    private static string? NameOf(ReadOnlySpan<char> content, string mark)
    {
        if (!content.StartsWith(mark, StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        var name = content[mark.Length..];
        var end = name.IndexOfAny(' ', ':');
        return (end < 0 ? name : name[..end]).ToString().ToUpperInvariant();
    }

    private static Range RangeOf(string text, ReadOnlySpan<char> line)
    {
        if (!text.AsSpan().Overlaps(line, out var start))
        {
            return ..0;
        }

        return start..(start + line.Length);
    }
}
