namespace Tidemark.Formats;

/// <summary>
/// Goes from tag to tag of a page, past comments and past elements whose content is no markup. No parser: it builds nothing, and
/// tells no more than what a tag itself says.
/// </summary>
internal ref struct TagScanner(ReadOnlySpan<char> markup)
{
    private readonly ReadOnlySpan<char> _markup = markup;
    private int _at;
    private int _nameEnd;

    /// <summary>Where the tag begins.</summary>
    public int Start { get; private set; }

    /// <summary>Behind the tag.</summary>
    public int End { get; private set; }

    public bool IsEndTag { get; private set; }

    /// <summary>Whether the tag ends in <c>/&gt;</c>.</summary>
    public bool IsSelfClosed { get; private set; }

    /// <summary>Whether it is no tag, but a section of characters as XML has them, with its marks.</summary>
    public bool IsCharacters { get; private set; }

    public readonly ReadOnlySpan<char> Name => IsCharacters ? [] : _markup[(Start + (IsEndTag ? 2 : 1)).._nameEnd];

    /// <returns>False: there is no further tag, or one that never ends.</returns>
    public bool Read()
    {
        while (_at < _markup.Length && _markup[_at..].IndexOf('<') is >= 0 and var next)
        {
            Start = _at + next;
            IsEndTag = Peek(1) == '/';
            IsCharacters = _markup[Start..].StartsWith("<![CDATA[");
            if (char.IsAsciiLetter(Peek(IsEndTag ? 2 : 1)))
            {
                return ReadTag();
            }

            var end = IsCharacters ? "]]>" : _markup[Start..].StartsWith("<!--") ? "-->" : ">";
            var isOther = Peek(1) is '!' or '?' or '/';
            var length = isOther ? _markup[Start..].IndexOf(end) : 0;
            if (length < 0)
            {
                return false;
            }

            _at = End = Start + (isOther ? length + end.Length : 1);
            if (IsCharacters)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The value of an attribute of the tag as it is written; null: it has none of that name.</summary>
    public readonly string? Attribute(string name)
    {
        for (var at = _nameEnd; NextAttribute(at, out var key, out var value) is { } next; at = next)
        {
            if (_markup[key].Equals(name, StringComparison.OrdinalIgnoreCase))
            {
                return _markup[value].ToString();
            }
        }

        return null;
    }

    private readonly char Peek(int ahead) => Start + ahead < _markup.Length ? _markup[Start + ahead] : '\0';

    private bool ReadTag()
    {
        _nameEnd = Start + 2;
        while (_nameEnd < _markup.Length && !(char.IsWhiteSpace(_markup[_nameEnd]) || _markup[_nameEnd] is '/' or '>'))
        {
            _nameEnd++;
        }

        var at = _nameEnd;
        while (NextAttribute(at, out _, out _) is { } next)
        {
            at = next;
        }

        End = SkipBlanks(at) + 1;
        if (End > _markup.Length)
        {
            return false;
        }

        IsSelfClosed = _markup[End - 2] == '/' && at < End - 1;
        _at = End;
        if (!IsEndTag && !IsSelfClosed && HtmlElements.IsRaw(Name))
        {
            _at = EndOfRaw();
        }

        return true;
    }

    /// <summary>Where the end tag begins of an element whose content is no markup.</summary>
    private readonly int EndOfRaw()
    {
        var end = $"</{Name}";
        return _markup[End..].IndexOf(end, StringComparison.OrdinalIgnoreCase) is >= 0 and var length ? End + length : _markup.Length;
    }

    /// <returns>Where to look for the one after it; null: the tag has no further one.</returns>
    private readonly int? NextAttribute(int at, out Range key, out Range value)
    {
        var start = SkipBlanks(at);
        at = start;
        while (at < _markup.Length && !(char.IsWhiteSpace(_markup[at]) || _markup[at] is '>' or '=' or '/'))
        {
            at++;
        }

        (key, value) = (start..at, at..at);
        if (at == start && (at >= _markup.Length || _markup[at] != '='))
        {
            return null;
        }

        var equals = at;
        while (equals < _markup.Length && char.IsWhiteSpace(_markup[equals]))
        {
            equals++;
        }

        return equals < _markup.Length && _markup[equals] == '=' ? Value(equals + 1, out value) : at;
    }

    private readonly int Value(int at, out Range value)
    {
        while (at < _markup.Length && char.IsWhiteSpace(_markup[at]))
        {
            at++;
        }

        if (at < _markup.Length && _markup[at] is '"' or '\'')
        {
            var length = _markup[(at + 1)..].IndexOf(_markup[at]);
            var end = length < 0 ? _markup.Length : at + 1 + length;
            value = (at + 1)..end;
            return Math.Min(end + 1, _markup.Length);
        }

        var start = at;
        while (at < _markup.Length && !char.IsWhiteSpace(_markup[at]) && _markup[at] != '>')
        {
            at++;
        }

        value = start..at;
        return at;
    }

    /// <summary>A slash that closes nothing is a blank.</summary>
    private readonly int SkipBlanks(int at)
    {
        while (at < _markup.Length && (char.IsWhiteSpace(_markup[at]) || _markup[at] == '/'))
        {
            at++;
        }

        return at;
    }
}
