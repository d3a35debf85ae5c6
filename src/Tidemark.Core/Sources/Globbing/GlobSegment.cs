namespace Tidemark.Sources;

/// <summary>The pattern of one segment of a path, between two slashes; <c>**</c> is no segment but their repetition.</summary>
internal sealed class GlobSegment
{
    private readonly GlobToken[] _tokens;
    private readonly GlobUnits _units;
    private readonly byte[]? _literal;
    private readonly bool _anyPrefix;

    public GlobSegment(GlobToken[] tokens, GlobUnits units)
    {
        _tokens = tokens;
        _units = units;
        _anyPrefix = tokens is [{ Kind: GlobTokenKind.Star }, ..];
        _literal = LiteralOf(tokens.AsSpan(_anyPrefix ? 1 : 0));
    }

    /// <summary>The only name that matches; empty: there may be several.</summary>
    public ReadOnlySpan<byte> OnlyName => _anyPrefix ? default : _literal;

    public bool Matches(ReadOnlySpan<byte> name) =>
        _literal is null ? MatchesTokens(name)
        : _anyPrefix ? name.EndsWith(_literal)
        : name.SequenceEqual(_literal);

    /// <summary>Goes back to the last star only: the earlier ones have already taken the least they can.</summary>
    private bool MatchesTokens(ReadOnlySpan<byte> name)
    {
        int token = 0, at = 0, starToken = -1, starAt = 0;
        while (at < name.Length)
        {
            if (token < _tokens.Length && _tokens[token].Kind == GlobTokenKind.Star)
            {
                starToken = token++;
                starAt = at;
                continue;
            }

            var unit = _units.Read(name[at..], out var length);
            if (token < _tokens.Length && _tokens[token].Takes(unit))
            {
                token++;
                at += length;
                continue;
            }

            if (starToken < 0)
            {
                return false;
            }

            _units.Read(name[starAt..], out length);
            starAt += length;
            at = starAt;
            token = starToken + 1;
        }

        while (token < _tokens.Length && _tokens[token].Kind == GlobTokenKind.Star)
        {
            token++;
        }

        return token == _tokens.Length;
    }

    private static byte[]? LiteralOf(ReadOnlySpan<GlobToken> tokens)
    {
        var bytes = new byte[tokens.Length];
        for (var i = 0; i < tokens.Length; i++)
        {
            if (tokens[i].Kind != GlobTokenKind.Unit || tokens[i].Unit > 0x7F)
            {
                return null;
            }

            bytes[i] = (byte)tokens[i].Unit;
        }

        return bytes;
    }
}
