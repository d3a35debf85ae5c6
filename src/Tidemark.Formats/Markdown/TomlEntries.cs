namespace Tidemark.Formats;

/// <summary>Front matter in TOML that cannot be read as a whole, key by key: one slip costs one key, and not those behind it.</summary>
/// <param name="lines">Between the two fences. What cannot be read is made empty.</param>
/// <param name="first">The number of the first line.</param>
/// <param name="warnings">Told of each line that begins what cannot be read.</param>
internal sealed class TomlEntries(string[] lines, int first, FrontMatterWarnings warnings)
{
    /// <summary>Of one value. Looking for its end takes a reading for each.</summary>
    private const int MostLines = 64;

    /// <summary>So many may be looked for the end of; so many may fail at all.</summary>
    private const int MostLookedFor = 20, MostUnreadable = 1_000;

    private int _unreadable;

    /// <returns>How many keys and tables can be read.</returns>
    public int LeaveOutUnreadable()
    {
        var (read, isInLostTable, isBehindLost) = (0, false, false);
        for (var at = 0; at < lines.Length;)
        {
            if (IsEmpty(lines[at]))
            {
                at++;
                continue;
            }

            var isTable = lines[at].TrimStart().StartsWith('[');
            isInLostTable &= !isTable;
            var length = isInLostTable ? 0 : LengthAt(at);
            if (length > 0)
            {
                (read, isBehindLost) = (read + 1, false);
                at += length;
                continue;
            }

            // What stands below a lost key and is none itself belongs to it.
            if (!isBehindLost || isTable || FrontMatterLine.IsLikeKey(lines[at].AsSpan().Trim()))
            {
                _unreadable++;
                warnings.TomlLine(first + at, lines[at]);
            }

            isInLostTable |= isTable;
            isBehindLost = true;
            lines[at++] = "";
        }

        return read;
    }

    /// <summary>Up to the first line behind the keys that is neither one nor a comment.</summary>
    public int KeysEnd()
    {
        var at = 0;
        while (at < lines.Length && (IsEmpty(lines[at]) || LengthAt(at) > 0))
        {
            at += IsEmpty(lines[at]) ? 1 : LengthAt(at);
        }

        return at;
    }

    /// <returns>The number of lines of the key or table that begins there; 0: it cannot be read.</returns>
    private int LengthAt(int at)
    {
        if (_unreadable >= MostUnreadable)
        {
            return 0;
        }

        if (IsToml(lines[at]))
        {
            return 1;
        }

        if (_unreadable >= MostLookedFor || !Opens(lines[at]))
        {
            return 0;
        }

        for (var length = 2; length <= MostLines && at + length <= lines.Length; length++)
        {
            if (IsToml(string.Join('\n', lines[at..(at + length)])))
            {
                return length;
            }
        }

        return 0;
    }

    private static bool IsEmpty(string line) => line.AsSpan().TrimStart() is [] or ['#', ..];

    /// <summary>Whether a value may go on in the next lines.</summary>
    private static bool Opens(string line) =>
        line.IndexOf('=', StringComparison.Ordinal) is >= 0 and var sign
        && (line.AsSpan(sign).IndexOfAny('[', '{') >= 0 || line.Contains("\"\"\"", StringComparison.Ordinal) || line.Contains("'''", StringComparison.Ordinal));

    private static bool IsToml(string toml)
    {
        try
        {
            return TomlMapping.Read(toml).Count > 0;
        }
        catch (Exception e) when (TomlFrontMatter.IsUnreadable(e))
        {
            return false;
        }
    }
}
