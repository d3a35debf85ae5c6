namespace Tidemark.Sources;

/// <summary>
/// One pattern over relative paths in UTF-8 with <c>/</c>. Takes time in proportion to pattern × path, whatever the
/// number of stars.
/// </summary>
/// <param name="segments">Null stands for <c>**</c>: any number of folders, at the end at least one name.</param>
/// <param name="nameOnly">The one segment is matched against the last name, at any depth.</param>
internal sealed class Glob(GlobSegment?[] segments, bool nameOnly)
{
    /// <summary>The last name of every path that matches; empty: there may be several.</summary>
    public ReadOnlySpan<byte> OnlyName => nameOnly && segments[0] is { } name ? name.OnlyName : default;

    /// <summary>What a path begins with, before the segments are compared with the rest of it.</summary>
    public byte[] Beginning { get; init; } = [];

    public bool Matches(ReadOnlySpan<byte> path)
    {
        if (!nameOnly)
        {
            return path.StartsWith(Beginning) && MatchesPath(path[Beginning.Length..]);
        }

        return segments[0] is not { } name || name.Matches(path[(path.LastIndexOf((byte)'/') + 1)..]);
    }

    private bool MatchesPath(ReadOnlySpan<byte> path)
    {
        int segment = 0, at = 0, starSegment = -1, starAt = 0;
        while (at <= path.Length)
        {
            if (segment < segments.Length && segments[segment] is null)
            {
                if (segment == segments.Length - 1)
                {
                    return true;
                }

                starSegment = segment++;
                starAt = at;
                continue;
            }

            var end = EndOfName(path, at);
            if (segment < segments.Length && segments[segment]!.Matches(path[at..end]))
            {
                segment++;
                at = end + 1;
                continue;
            }

            if (starSegment < 0)
            {
                return false;
            }

            starAt = EndOfName(path, starAt) + 1;
            at = starAt;
            segment = starSegment + 1;
        }

        return segment == segments.Length;
    }

    private static int EndOfName(ReadOnlySpan<byte> path, int at)
    {
        var slash = path[at..].IndexOf((byte)'/');
        return slash < 0 ? path.Length : at + slash;
    }
}
