using System.Text;

namespace Tidemark.Sources;

/// <summary>Reads one pattern into segments; a null segment stands for <c>**</c>.</summary>
internal ref struct GlobParser(ReadOnlySpan<byte> pattern, GlobUnits units)
{
    private readonly ReadOnlySpan<byte> _pattern = pattern;
    private int _at;

    private readonly bool AtEnd => _at >= _pattern.Length;

    /// <returns>Null: the pattern is broken (an open bracket, a lone backslash at the end) and matches nothing.</returns>
    public GlobSegment?[]? Parse()
    {
        var segments = new List<GlobSegment?>();
        do
        {
            var start = _at;
            if (Segment() is not { } tokens)
            {
                return null;
            }

            var written = _pattern[start.._at];
            segments.Add(written.Length >= 2 && !written.ContainsAnyExcept((byte)'*')
                ? null
                : new GlobSegment(tokens, units));
        }
        while (!AtEnd && _at++ >= 0);

        return [.. segments];
    }

    private GlobToken[]? Segment()
    {
        var tokens = new List<GlobToken>();
        while (!AtEnd && _pattern[_at] != '/')
        {
            switch (_pattern[_at])
            {
                case (byte)'*':
                    _at++;
                    if (tokens is not [.., { Kind: GlobTokenKind.Star }])
                    {
                        tokens.Add(GlobToken.Star);
                    }

                    break;
                case (byte)'?':
                    _at++;
                    tokens.Add(GlobToken.Any);
                    break;
                case (byte)'[':
                    _at++;
                    if (Class() is not { } set)
                    {
                        return null;
                    }

                    tokens.Add(GlobToken.Of(set));
                    break;
                default:
                    if (Unit() is not { } unit)
                    {
                        return null;
                    }

                    tokens.Add(GlobToken.Of(unit));
                    break;
            }
        }

        return [.. tokens];
    }

    /// <summary>One unit, which a backslash may precede.</summary>
    private int? Unit()
    {
        if (!AtEnd && _pattern[_at] == '\\')
        {
            _at++;
        }

        if (AtEnd)
        {
            return null;
        }

        var unit = units.Read(_pattern[_at..], out var length);
        _at += length;
        return unit;
    }

    private GlobClass? Class()
    {
        var negated = !AtEnd && _pattern[_at] is (byte)'!' or (byte)'^';
        _at += negated ? 1 : 0;
        var ranges = new List<(int, int)>();
        for (var first = true; first || AtEnd || _pattern[_at] != ']'; first = false)
        {
            if (AtEnd || !Member(ranges))
            {
                return null;
            }
        }

        _at++;
        return new GlobClass(ranges, negated);
    }

    private bool Member(List<(int First, int Last)> ranges)
    {
        if (_pattern[_at..].StartsWith("[:"u8) && _pattern[(_at + 2)..].IndexOf(":]"u8) is >= 0 and var length)
        {
            var named = GlobClass.Named(Encoding.Latin1.GetString(_pattern.Slice(_at + 2, length)));
            ranges.AddRange(named ?? []);
            _at += length + 4;
            return named is not null;
        }

        if (Unit() is not { } unit)
        {
            return false;
        }

        var last = unit;
        if (_at + 1 < _pattern.Length && _pattern[_at] == '-' && _pattern[_at + 1] != ']')
        {
            _at++;
            if (Unit() is not { } end)
            {
                return false;
            }

            last = end;
        }

        // As git reads it, the first of a range is a member by itself: of one that runs backwards it is the only one.
        ranges.Add((unit, Math.Max(unit, last)));
        return true;
    }
}
