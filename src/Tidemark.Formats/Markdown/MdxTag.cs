namespace Tidemark.Formats;

/// <summary>Finds tags and comments of JSX. Attributes that are shown as text are its words.</summary>
internal sealed class MdxTag(string text)
{
    private const int Longest = 20_000;

    /// <summary>Characters that may be looked through in vain, for each of the text.</summary>
    private const int MostInVain = 16;

    private readonly List<string> _words = [];
    private long _inVain;
    private int _closings = text.LastIndexOf("*/}", StringComparison.Ordinal);

    /// <summary>What the last tag shows, kept from its neighbours.</summary>
    public string Words => _words.Count == 0 ? "" : $" {string.Join(' ', _words)} ";

    public void Forget() => _words.Clear();

    /// <returns>0: there is none.</returns>
    public int LengthAt(int at)
    {
        var rest = text.AsSpan(at, Math.Min(text.Length - at, Longest));
        if (rest.StartsWith("{/*"))
        {
            return at > _closings ? 0 : text.AsSpan(at).IndexOf("*/}") is >= 0 and var length ? length + 3 : 0;
        }

        if (rest.StartsWith("<>") || rest.StartsWith("</>"))
        {
            return rest[1] == '>' ? 2 : 3;
        }

        var name = rest.StartsWith("</") ? 2 : 1;
        if (rest[0] != '<' || rest.Length <= name || !char.IsAsciiLetter(rest[name]) || _inVain > (long)MostInVain * text.Length)
        {
            return 0;
        }

        var end = EndOf(rest, name);
        _inVain += end > 0 ? 0 : rest.Length;
        return end;
    }

    private int EndOf(ReadOnlySpan<char> tag, int at)
    {
        while (at < tag.Length && (char.IsLetterOrDigit(tag[at]) || tag[at] is '.' or '-' or '_'))
        {
            at++;
        }

        // An address in angle brackets is none.
        if (at < tag.Length && !(char.IsWhiteSpace(tag[at]) || tag[at] is '>' or '/'))
        {
            return 0;
        }

        for (var name = at; at < tag.Length; at++)
        {
            switch (tag[at])
            {
                case '>':
                    return at + 1;
                case '<':
                    return Fail();
                case '"' or '\'':
                    var length = tag[(at + 1)..].IndexOf(tag[at]);
                    if (length < 0)
                    {
                        return Fail();
                    }

                    Take(tag[name..at], tag.Slice(at + 1, length));
                    at += length + 1;
                    name = at + 1;
                    break;
                case '{':
                    at = EndOfExpression(tag, at);
                    name = at + 1;
                    break;
            }
        }

        return Fail();
    }

    private int Fail()
    {
        _words.Clear();
        return 0;
    }

    private void Take(ReadOnlySpan<char> before, ReadOnlySpan<char> value)
    {
        var name = before.TrimEnd().TrimEnd('=').TrimEnd();
        name = name[(name.LastIndexOfAny(' ', '\n', '\t') + 1)..];
        if (name is "title" or "alt" or "label" or "caption" or "description" && !value.IsWhiteSpace())
        {
            _words.Add(value.ToString());
        }
    }

    /// <returns>Where its brace closes; the end of the tag, where it does not.</returns>
    private static int EndOfExpression(ReadOnlySpan<char> tag, int at)
    {
        for (var depth = 0; at < tag.Length; at++)
        {
            depth += tag[at] == '{' ? 1 : tag[at] == '}' ? -1 : 0;
            if (depth == 0)
            {
                return at;
            }
        }

        return tag.Length;
    }
}
